import { wordsOf } from './block.js';
import { monthOf } from './dates/months.js';

/** Words that stand in a line that only tells a date. */
const AROUND = new Set(
  `published posted updated last on at by date time am pm et est edt gmt bst utc cet cest ist pst pdt modified created uhr stand first
  monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat sun
  montag dienstag mittwoch donnerstag freitag samstag sonntag lundi mardi mercredi jeudi vendredi samedi dimanche
  segunda terça quarta quinta sexta feira sábado domingo lunes martes miércoles jueves viernes lunedì martedì mercoledì giovedì venerdì sabato domenica
  às as le den der am um de em of the a p m st nd rd th ago hours hour minutes minute days day weeks week min read reading mins
  publié publicado publicada pubblicato veröffentlicht aktualisiert atualizado actualizado aggiornato mis à jour gepubliceerd edited`.split(
    /\s+/,
  ),
);
const MOST_WORDS = 18;
const MOST_OTHERS = 1;

/** Whether a line tells a date or a time and next to nothing else: `Posted: Fri 6:45 PM, Feb 16, 2018`. */
export function isDateLine(text: string): boolean {
  const words = wordsOf(text.toLowerCase());
  if (words.length === 0 || words.length > MOST_WORDS || !words.some((word) => /\d/.test(word))) return false;
  if (
    !words.some((word) => /^(?:19|20)\d\d$/.test(word) || word === 'ago' || monthOf(word) !== null) &&
    !/\d:\d\d/.test(text)
  )
    return false;
  let told = 0;
  let others = 0;
  for (const word of words) {
    if (/^\d+(?:st|nd|rd|th|am|pm|h)?$/.test(word) || AROUND.has(word) || monthOf(word) !== null) told += 1;
    else others += 1;
  }
  return told >= 2 && others <= MOST_OTHERS;
}
