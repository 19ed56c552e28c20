import type { Finding } from './chat/doctor.ts';
import { ConfigProblems, readConfig } from './config.ts';
import { doctorsOf } from './connect.ts';
import { wordsFor } from './doctor-words.ts';
import { loadEnvFile } from './env-file.ts';
import { examineHouse, type HouseFindings } from './examine-house.ts';
import { COORDINATION } from './linked-channels.ts';

/** The oldest Node that Accord runs on (`engines` in package.json). */
const OLDEST_NODE = [20, 19] as const;

/** Everything that was looked at, in the order an operator mends it. */
async function examine(env: NodeJS.ProcessEnv): Promise<readonly Finding[]> {
  const now = () => new Date().toISOString();
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const old = major < OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor < OLDEST_NODE[1]);
  const facts = { version: process.versions.node };
  const node: Finding = { of: 'node', what: 'version', problem: old ? 'old' : null, facts };
  try {
    const config = readConfig(env);
    const doctors = await doctorsOf(config, now);
    const platforms = [...(config.playground ? ['the playground'] : []), ...doctors.keys()].join(', ');
    const whole: Finding = { of: 'configuration', what: 'variables', problem: null, facts: { platforms } };
    const house = await examineHouse(config, now);
    const found = await Promise.all(
      [...doctors].map(([name, doctor]) =>
        doctor.examine((house.channels ?? []).filter((each) => each.platform === name)),
      ),
    );
    return [node, whole, ...house.findings, ...coordination(house, [...doctors.keys()]), ...found.flat()];
  } catch (error) {
    if (!(error instanceof ConfigProblems)) throw error;
    return [
      node,
      ...error.problems.map((text) => ({ of: 'configuration', what: 'variable', problem: 'wrong', facts: { text } })),
    ];
  }
}

/** Digests go to the coordination channel: without one, nobody gets them. */
function coordination({ channels }: HouseFindings, platforms: readonly string[]): Finding[] {
  if (channels === null || platforms.length === 0) return [];
  const linked = channels.some(({ platform, label }) => label === COORDINATION && platforms.includes(platform));
  return [{ of: 'register', what: COORDINATION, problem: linked ? null : 'none', facts: {} }];
}

loadEnvFile();
const findings = await examine(process.env);
const wrong = findings.filter(({ problem }) => problem !== null).length;
if (process.argv.includes('--json')) {
  const told = findings.map((finding) => ({ ...finding, ok: finding.problem === null, text: wordsFor(finding) }));
  console.log(JSON.stringify({ ok: wrong === 0, findings: told }));
} else {
  for (const finding of findings)
    console.log(`${finding.problem === null ? 'OK  ' : 'FIX '} ${finding.of}: ${wordsFor(finding)}`);
  console.log(wrong === 0 ? 'Nothing to mend.' : `To mend: ${wrong}.`);
}
process.exitCode = wrong === 0 ? 0 : 1;
