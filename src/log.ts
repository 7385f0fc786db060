import { pino, type Logger } from 'pino';

export type Log = Logger;

/**
 * The log: one line of JSON each, on standard error, so that the output of a command stays clean. Nothing that carries a password
 * or a session is printed, whoever hands it in.
 */
export function openLog(level: string, to: NodeJS.WritableStream = process.stderr): Log {
  return pino(
    {
      level,
      base: { pid: process.pid },
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      redact: {
        paths: [
          'password',
          'secret',
          'token',
          'cookie',
          'authorization',
          'url.password',
          '*.password',
          '*.secret',
          '*.token',
          'req.headers',
          'res.headers',
        ],
        censor: '(not logged)',
      },
    },
    to,
  );
}
