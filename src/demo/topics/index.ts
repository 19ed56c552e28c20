import type { Sector } from '../../domain/sectors.ts';
import { agriculture, construction, defence, environment, health, security } from './land.ts';
import { culture, education, information, justice, labour, peopleToPeople, scienceTechnology } from './people.ts';
import type { Topic } from './topic.ts';
import { economy, energy, finance, investment, politics, trade, transport } from './wealth.ts';

export type Field = Exclude<Sector, 'province' | 'other'>;
export type { Topic } from './topic.ts';

export const TOPICS: Readonly<Record<Field, readonly Topic[]>> = {
  politics,
  economy,
  trade,
  investment,
  finance,
  'science-technology': scienceTechnology,
  education,
  energy,
  transport,
  construction,
  agriculture,
  environment,
  health,
  labour,
  culture,
  justice,
  defence,
  security,
  'people-to-people': peopleToPeople,
  information,
};

export const FIELDS = Object.keys(TOPICS) as readonly Field[];
