import shared from '../../jest.config.js';

const { globalSetup: _setup, globalTeardown: _teardown, ...rest } = shared;

/** `npm run test:majors`: no part of `npm test`. */
export default { ...rest, rootDir: '../..', testMatch: ['<rootDir>/test/majors/majors.ts'] };
