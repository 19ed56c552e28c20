import type { Field } from './topics/index.ts';

/** near: shares a border with the republic. organisation: no state. `said` carries the article of a running text. */
export interface Partner {
  readonly name: string;
  readonly said: string;
  readonly kind: 'near' | 'country' | 'organisation';
  /** What an organisation works in; null where that is everything. */
  readonly fields: readonly Field[] | null;
  /** Without a coast: nothing about the sea is promised to it. */
  readonly inland: boolean;
}

const INLAND = ['Laos', 'Switzerland', 'Hungary', 'Kazakhstan'];
const BUILDING: readonly Field[] = [
  'economy',
  'finance',
  'investment',
  'energy',
  'transport',
  'construction',
  'agriculture',
  'environment',
];
const FIELDS_OF: Readonly<Record<string, readonly Field[]>> = {
  'Asian Development Bank': BUILDING,
  'World Bank': [...BUILDING, 'education', 'health', 'labour', 'information'],
  'Mekong River Commission': ['environment', 'agriculture', 'transport'],
  'Food and Agriculture Organization': ['agriculture', 'environment'],
  'World Health Organization': ['health'],
  UNESCO: ['culture', 'education', 'science-technology', 'information'],
  'International Labour Organization': ['labour', 'people-to-people'],
};

const read = (kind: Partner['kind'], names: string): Partner[] =>
  names.split(', ').map((said) => {
    const name = said.replace(/^the /, '');
    return { name, said, kind, fields: FIELDS_OF[name] ?? null, inland: INLAND.includes(name) };
  });

export const PARTNERS: readonly Partner[] = [
  ...read('near', 'Laos, Cambodia, China, Thailand'),
  ...read(
    'country',
    'Japan, the Republic of Korea, Singapore, Malaysia, Indonesia, the Philippines, Brunei, India, Australia, New Zealand, Denmark, Finland, Sweden, Norway, Germany, France, Italy, the Netherlands, Switzerland, Poland, Hungary, the United Kingdom, the United States, Canada, Brazil, Chile, Cuba, Egypt, Morocco, South Africa, the United Arab Emirates, Saudi Arabia, Kazakhstan, Türkiye',
  ),
  ...read(
    'organisation',
    'the Asian Development Bank, the World Bank, the United Nations Development Programme, the European Union, ASEAN, the Mekong River Commission, the Food and Agriculture Organization, the World Health Organization, UNESCO, the International Labour Organization',
  ),
];

/** An occasion on which commitments were signed. at: 0 the beginning of its span, 1 the end. */
export interface DemoEvent {
  readonly name: string;
  readonly partner: string;
  readonly at: number;
  readonly signed: number;
}

/** The first six months of the nine: 200 were signed on these occasions. */
export const EARLIER_EVENTS: readonly DemoEvent[] = [
  { name: 'State visit to Laos', partner: 'Laos', at: 0.02, signed: 16 },
  { name: 'Official visit of the Prime Minister of Denmark', partner: 'Denmark', at: 0.08, signed: 13 },
  { name: 'Annual consultations with the World Bank', partner: 'World Bank', at: 0.13, signed: 8 },
  { name: 'State visit to Japan', partner: 'Japan', at: 0.19, signed: 18 },
  { name: 'Joint Committee with Cambodia, 19th session', partner: 'Cambodia', at: 0.25, signed: 12 },
  { name: 'Official visit to the Republic of Korea', partner: 'Republic of Korea', at: 0.31, signed: 15 },
  { name: 'ASEAN summit', partner: 'ASEAN', at: 0.36, signed: 7 },
  { name: 'Official visit to France', partner: 'France', at: 0.42, signed: 14 },
  { name: 'Working visit of the President of Kazakhstan', partner: 'Kazakhstan', at: 0.47, signed: 5 },
  { name: 'State visit of the President of China', partner: 'China', at: 0.53, signed: 15 },
  { name: 'Strategic dialogue with Singapore', partner: 'Singapore', at: 0.59, signed: 13 },
  { name: 'Official visit to Germany', partner: 'Germany', at: 0.65, signed: 14 },
  { name: 'Joint Commission with India, 8th session', partner: 'India', at: 0.71, signed: 11 },
  { name: 'Official visit to the United Arab Emirates', partner: 'United Arab Emirates', at: 0.77, signed: 10 },
  { name: 'Ministerial consultations with Australia', partner: 'Australia', at: 0.84, signed: 12 },
  { name: 'Mekong river council', partner: 'Mekong River Commission', at: 0.9, signed: 6 },
  { name: 'Official visit of the Prime Minister of Thailand', partner: 'Thailand', at: 0.97, signed: 11 },
];

/** The last three: 70. */
export const RECENT_EVENTS: readonly DemoEvent[] = [
  { name: 'Official visit to Finland', partner: 'Finland', at: 0.04, signed: 10 },
  { name: 'State visit of the King of Cambodia', partner: 'Cambodia', at: 0.18, signed: 12 },
  { name: 'Official visit to Brazil', partner: 'Brazil', at: 0.33, signed: 11 },
  { name: 'European Union partnership council', partner: 'European Union', at: 0.48, signed: 6 },
  { name: 'Official visit of the President of Indonesia', partner: 'Indonesia', at: 0.62, signed: 14 },
  { name: 'Joint Committee with Laos, 47th session', partner: 'Laos', at: 0.78, signed: 9 },
  { name: 'Official visit to the United Kingdom', partner: 'United Kingdom', at: 0.93, signed: 8 },
];
