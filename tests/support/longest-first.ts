import { BaseSequencer, type TestSpecification } from 'vitest/node';

/**
 * Files that take many times as long as most, by what their path holds. Where nothing is known of an earlier run, the
 * size of a file says little of it: one of these begun last would keep everything waiting.
 */
const LONG = [
  'processes/killed',
  'processes/start-and-stop',
  'processes/command-line',
  'store/embedded-durability',
  'use-cases/reminders',
  'use-cases/every-use-case',
  'journeys/playground.test',
  'contracts/',
  'specimens/fits',
  'specimens/hostile',
];
const rank = ({ moduleId }: TestSpecification): number => {
  const at = LONG.findIndex((part) => moduleId.includes(part));
  return at < 0 ? LONG.length : at;
};

/** The projects in the order in which they are run: that with the most short files at the end, which keeps all busy until then. */
const PROJECTS = ['unit', 'rules', 'database'];

/** The files of each project, those that take long before the others, which then fill what is left of the time. */
export default class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    return PROJECTS.flatMap((project) =>
      sorted.filter((each) => each.project.name === project).toSorted((one, other) => rank(one) - rank(other)),
    );
  }
}
