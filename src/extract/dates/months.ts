/** Month names as sites print them, in the languages of Europe and a few more: lower case, without accents. */
const NAMES: readonly string[] = [
  'january jan janvier janv januar jan. jaenner janner januari enero ene gennaio gen janeiro styczen stycznia sty leden ledna tammikuu ocak ianuarie ian janvaris sausio jaanuar januara sijecnja januari',
  'february feb fevrier fev fevr februar febr feber februari febrero gennaio2 febbraio fevereiro luty lutego unor unora helmikuu subat februarie februaris vasario veebruar februara veljace',
  'march mar mars marz maerz mrz maart mrt marzo marco marzec marca brezen brezna maaliskuu mart martie marts kovo ozujka maret',
  'april apr avril avr aprile abril abr kwiecien kwietnia kwi duben dubna huhtikuu nisan aprilie aprilis balandzio aprila travnja',
  'may mai mei mayo mag maggio maio maj maja kveten kvetna toukokuu mayis maijs geguzes maja svibnja',
  'june jun juin juni junio giugno giu junho czerwiec czerwca cze cerven cervna kesakuu haziran iunie junijs birzelio juuni juna lipnja',
  'july jul juillet juil juli julio luglio lug julho lipiec lipca lip cervenec cervence heinakuu temmuz iulie julijs liepos juuli jula srpnja',
  'august aug aout augustus agosto ago sierpien sierpnia sie srpen srpna elokuu agustos augusti augusts rugpjucio avgust kolovoza agustus',
  'september sep sept septembre septembro septiembre setiembre settembre set setembro wrzesien wrzesnia wrz zari syyskuu eylul septembrie septembris rugsejo septembra rujna',
  'october oct octobre oktober okt october octubre ottobre ott outubro out pazdziernik pazdziernika paz rijen rijna lokakuu ekim octombrie oktobris spalio oktoobar listopada2 oktobra',
  'november nov novembre novembro noviembre listopad listopada lis listopadu marraskuu kasim noiembrie novembris lapkricio novembra studenoga',
  'december dec decembre dezember dez diciembre dic dicembre dezembro grudzien grudnia gru prosinec prosince joulukuu aralik decembrie decembris gruodzio desember des decembra prosinca',
];

const NUMBER = new Map<string, number>(
  NAMES.flatMap((names, at) => names.split(' ').map((name): [string, number] => [name, at + 1])),
);
const ACCENTS = /[\u0300-\u036f]/g;

/** 1 to 12, or `null` when the word is no month. */
export function monthOf(word: string): number | null {
  const plain = word
    .normalize('NFD')
    .replace(ACCENTS, '')
    .replace(/\.$/, '')
    .toLowerCase()
    .replace(/ı/g, 'i')
    .replace(/ł/g, 'l');
  return NUMBER.get(plain) ?? null;
}
