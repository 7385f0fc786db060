import type { SourceRules } from '../../src/model/source.js';
import { ruledOut } from '../../src/rank/rules.js';

const ITEM = { title: 'New guidance on Children’s homes', summary: 'Ofsted has changed its rules on self-harm.' };

test.each<[string, SourceRules | undefined, boolean]>([
  ['no rules keep all', undefined, false],
  ['empty lists ask for nothing', { include: [], exclude: [] }, false],
  ['an included word in the title', { include: ['guidance'] }, false],
  ['an included word in the summary', { include: ['ofsted'] }, false],
  ['an included phrase over any white space', { include: ['new  guidance'] }, false],
  ['nothing that is included', { include: ['prison'] }, true],
  ['one of several', { include: ['prison', 'homes'] }, false],
  ['part of a word is no word', { include: ['home'] }, true],
  ['a typed apostrophe for a printed one', { include: ["children's"] }, false],
  ['a hyphen is no end of a word for the phrase itself', { include: ['self-harm'] }, false],
  ['an excluded word', { exclude: ['RULES'] }, true],
  ['exclude beats include', { include: ['guidance'], exclude: ['ofsted'] }, true],
  ['always beats exclude', { always: true, exclude: ['ofsted'] }, false],
  ['always beats a missing include', { always: true, include: ['prison'] }, false],
  ['marks of a pattern are letters here', { exclude: ['.*', '(guidance)'] }, false],
  ['a blank phrase says nothing', { include: ['  '], exclude: [' '] }, false],
])('%s', (_, rules, out) => {
  expect(ruledOut(rules, ITEM)).toBe(out);
});
