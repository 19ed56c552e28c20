import { test } from 'vitest';
import { aRealSheet } from './a-real-sheet.ts';
import { fromSignatureToGroup } from './from-signature-to-group.ts';
import { openStage } from './stage-discord.ts';

test('discord: from a signature to a working group', () => fromSignatureToGroup(openStage));

aRealSheet('discord', openStage);
