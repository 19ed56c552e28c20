/** Where Slack's requests arrive, and where a load balancer asks whether they may. */
export const REQUEST_PATH = '/slack/events';
export const HEALTH_PATH = '/health';
