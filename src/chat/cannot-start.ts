/**
 * A platform will never connect as it is configured: a token is refused, a port is taken. `setting` is what is to be
 * mended, in the platform's own words ('bot-token'); `why` is the service's or the machine's word for it.
 */
export class CannotStart extends Error {
  readonly platform: string;
  readonly setting: string;
  readonly why: string;
  constructor(platform: string, setting: string, why: string, cause?: unknown) {
    super(`${platform}: ${setting}: ${why}`, cause === undefined ? {} : { cause });
    this.name = 'CannotStart';
    this.platform = platform;
    this.setting = setting;
    this.why = why;
  }
}
