import assert from 'node:assert/strict';
import { accessible } from './axe.js';

/** The console of a program that was built without Node. */
export const plainCases = [
  ['the plain console runs a question', {}, async ({ page, filled, shoot }) => {
    await page.goto(`${filled.url}explorer`);
    await page.locator('#examples button').first().click();
    await page.locator('#status', { hasText: 'Status 200, no errors' }).waitFor();
    assert.match(await page.locator('#result').innerText(), /"slug": "go"/);
    assert.match(await page.locator('header').innerText(), /plain console/);
    await accessible(page);
    await shoot('plain-light');
  }],
  ['the plain console keeps no key', { colorScheme: 'dark', viewport: { width: 390, height: 844 } }, async ({ page, filled, shoot }) => {
    await page.goto(`${filled.url}explorer#query=%7B__typename%7D`);
    await page.locator('#key').fill('secret-key');
    await page.locator('#run').click();
    await page.locator('#status', { hasText: 'Status 200' }).waitFor();
    assert.ok(!(await page.evaluate(() => JSON.stringify({ ...localStorage, ...sessionStorage }) + location.href)).includes('secret-key'));
    await shoot('plain-dark-390');
  }],
];
