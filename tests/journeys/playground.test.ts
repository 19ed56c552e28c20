import { afterAll, test } from 'vitest';
import { closeBrowser, hasChromium } from '../support/chromium.ts';
import { aRealSheet } from './a-real-sheet.ts';
import { fromSignatureToGroup } from './from-signature-to-group.ts';
import { openPlaygroundByBrowser, openPlaygroundByHttp } from './stage-playground.ts';

test('playground over HTTP: from a signature to a working group', () => fromSignatureToGroup(openPlaygroundByHttp));

afterAll(closeBrowser);
// Where there is no Chromium, the same page is driven over HTTP by the test above.
if (hasChromium())
  test('playground in Chromium: from a signature to a working group', () =>
    fromSignatureToGroup(openPlaygroundByBrowser));
else console.log('playground in Chromium: not run, there is no /usr/bin/chromium here');

aRealSheet('playground', openPlaygroundByHttp);
