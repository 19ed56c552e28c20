/** Where Slack's requests arrive. */
export const REQUEST_PATH = '/slack/events';
