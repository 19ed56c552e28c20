import { test } from 'vitest';
import { aRealSheet } from './a-real-sheet.ts';
import { anApprovedReport } from './an-approved-report.ts';
import { fromSignatureToGroup } from './from-signature-to-group.ts';
import { openStage } from './stage-slack.ts';

test('slack: from a signature to a working group', () => fromSignatureToGroup(openStage));

test('slack: a report is approved before it counts', () => anApprovedReport(openStage));

aRealSheet('slack', openStage);
