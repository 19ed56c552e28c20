import { type Platform, PlatformError } from '../chat/platform.ts';

/** Archives a conversation. Where somebody did so by hand, it is as it was to be. */
export async function archive(platform: Platform, conversation: string): Promise<void> {
  try {
    await platform.archive(conversation);
  } catch (error) {
    if (!(error instanceof PlatformError && error.code === 'archived')) throw error;
  }
}
