/** A conversation that the register has something to say in. */
export interface ChannelToSee {
  readonly conversation: string;
  /** What it is called in what is found: 'coordination', or the agency's name. */
  readonly label: string;
}

/**
 * One thing that was looked at. `problem` is null where it is in order, else a word for what is wrong ('missing-scopes');
 * `facts` are what a sentence about it needs.
 */
export interface Finding {
  /** The platform, or the part of the house. */
  readonly of: string;
  readonly what: string;
  readonly problem: string | null;
  readonly facts: Readonly<Record<string, string>>;
}

/** Looks whether a platform lets the bot do its work, without connecting and without changing anything there. */
export interface Doctor {
  /** Never throws: a platform that does not answer is a finding. */
  examine(channels: readonly ChannelToSee[]): Promise<readonly Finding[]>;
}

/** Seconds that a clock may be wrong: Slack refuses signed requests at 300, Discord forgets an interaction after 3. */
const SKEW_ALLOWED = 30;

/** Compares the machine's clock with the `Date` of an answer from `url`, whatever it answers; null where nothing came. */
export async function examineClock(of: string, url: string, now: () => string): Promise<Finding | null> {
  try {
    const asked = Date.parse(now());
    const response = await fetch(url, { method: 'HEAD', signal: AbortSignal.timeout(10_000) });
    const theirs = Date.parse(response.headers.get('date') ?? '');
    if (Number.isNaN(theirs)) return null;
    const seconds = Math.round((asked - theirs) / 1000);
    const wrong = Math.abs(seconds) > SKEW_ALLOWED;
    return { of, what: 'clock', problem: wrong ? 'wrong' : null, facts: { seconds: String(seconds) } };
  } catch {
    return null;
  }
}
