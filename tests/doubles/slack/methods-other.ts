import { type Call, flag, type Method, Refusal, required } from './method.ts';
import { TEAM, type User } from './workspace.ts';

const person = (user: User, { scopes, args }: Call) => ({
  id: user.id,
  team_id: TEAM.id,
  name: user.name.toLowerCase().replaceAll(' ', '.'),
  real_name: user.name,
  deleted: user.disabled,
  is_bot: user.isBot,
  ...(flag(args, 'include_locale') ? { locale: user.locale } : {}),
  profile: {
    real_name: user.name,
    display_name: user.name,
    // The address is only told to those who may read it.
    ...(scopes.has('users:read.email') && !user.isBot ? { email: user.email } : {}),
  },
});

export const OTHER: Readonly<Record<string, Method>> = {
  'auth.test': {
    perMinute: null,
    scopes: [],
    run: ({ workspace, base }) => ({
      url: base,
      team: TEAM.name,
      user: workspace.bot.name,
      team_id: TEAM.id,
      user_id: workspace.bot.id,
      bot_id: workspace.botId,
      is_enterprise_install: false,
    }),
  },
  'users.info': {
    perMinute: 100,
    scopes: ['users:read'],
    run(call) {
      const user = call.workspace.users.get(required(call.args, 'user', 'user_not_found'));
      if (!user) throw new Refusal('user_not_found');
      if (user.hidden) throw new Refusal('user_not_visible');
      return { user: person(user, call) };
    },
  },
  'users.lookupByEmail': {
    perMinute: 50,
    scopes: ['users:read.email'],
    run(call) {
      const email = required(call.args, 'email').toLowerCase();
      const user = [...call.workspace.users.values()].find(
        (each) => each.email.toLowerCase() === email && !each.disabled,
      );
      if (!user || email === '') throw new Refusal('users_not_found');
      return { user: person(user, call) };
    },
  },
};
