/** A platform as people call it: its name with a capital letter, the same in every language. */
export const platformName = (name: string): string => `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
