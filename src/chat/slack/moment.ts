/** Seconds since 1970 of an ISO 8601 instant, as Slack's date elements want it. */
export const secondsOf = (moment: string): number => Math.floor(Date.parse(moment) / 1000);

/** Slack's template for an instant; each reader sees it in their own zone and language. */
export const dateFormat = (as: 'date' | 'time' | 'datetime'): string =>
  as === 'date' ? '{date_long}' : as === 'time' ? '{time}' : '{date_long} {time}';
