/** First names common in the United Kingdom that are no ordinary words of this field. What is on it never becomes a feature. */
const NAMES: ReadonlySet<string> = new Set(
  (
    'aaron abdul abigail adam adele ahmed aidan aisha alan albert alec alex alexander alfie ali alice alison amanda amber amelia amir amy ' +
    'andrea andrew angela angus anita ann anna anne anthony antonia archie arthur asha ashley audrey ava barbara barry beatrice ben benjamin ' +
    'beth bethany beverley bradley brandon brian bridget bryony callum cameron carl carol caroline catherine charles charlie charlotte ' +
    'chelsea cheryl chloe chris christine christopher claire clare clive colin connor corin craig cynthia daisy daniel danny darren david ' +
    'dawn dean deborah declan denise dennis derek diana diane dominic donald donna dorothy douglas duncan dylan edward eileen elaine eleanor ' +
    'elizabeth ella ellen ellie emily emma eric erin ethan eva evie fatima felix fiona finlay finn florence frances francis frank fraser ' +
    'freddie freya gareth gary gavin gemma geoffrey george georgia gerald gillian glen gordon graham greg hamza hannah harriet harry harvey ' +
    'hassan hazel heather heidi helen henry holly howard hugh ian imogen imran irene isaac isabel isabella isabelle isla jack jacob jacqueline ' +
    'jade jake james jamie jane janet janice jason jasmine jayden jean jenna jennifer jenny jeremy jessica jill jo joan joanna joanne joe joel ' +
    'john jonathan jordan joseph joshua joyce judith julia julian julie june karen karim kate katherine kathleen katie kayleigh keith kelly ' +
    'kenneth kerry kevin khalid kieran kim kimberley kirsty kyle lachlan laura lauren lee leo leon lesley lewis liam lily linda lisa logan ' +
    'lola louis louise lucas lucy luke lydia lynn madison malcolm marcus maren margaret maria marie marilyn martha martin mary mason matilda ' +
    'matthew maureen max maya megan melanie melissa mia michael michelle millie mohammed molly monica morgan muhammad natalie natasha nathan ' +
    'neil nicholas nicky nicola nicole nigel noah noor odette oliver olivia omar oscar owen pamela patricia patrick paul pauline penelope peter ' +
    'petra philip phoebe poppy rachel raymond rebecca reece rhys richard riley rita robert roger ronald rosemary rosie ross rowan roy ruby russell ' +
    'ruth ryan sally sam samantha samuel sandra sara sarah scarlett sean sharon sheila shirley sian simon sophia sophie stacey stanley stella ' +
    'stephanie stephen steven stuart susan suzanne tamara tanya tara tegan teresa terence theo theodore theresa thomas timothy tina toby tom tony ' +
    'tracey tyler valerie vanessa victoria vincent wayne wendy william yasmin yusuf yvonne zac zachary zahra zara zoe'
  ).split(' '),
);

export function isFirstName(word: string): boolean {
  return NAMES.has(word.toLowerCase().replace(/'s$/, ''));
}
