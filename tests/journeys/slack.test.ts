import { test } from 'vitest';
import { aRealSheet } from './a-real-sheet.ts';
import { fromSignatureToGroup } from './from-signature-to-group.ts';
import { openStage } from './stage-slack.ts';

test('slack: from a signature to a working group', () => fromSignatureToGroup(openStage));

aRealSheet('slack', openStage);
