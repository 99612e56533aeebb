import assert from 'node:assert/strict';
import { accessible } from './axe.js';

const PHONE = { viewport: { width: 390, height: 844 } };
const DARK = { colorScheme: 'dark' };

const narrow = (page) => page.evaluate(() => document.documentElement.scrollWidth - innerWidth);

/** The front page. */
export const homeCases = [
  ['home shows counts, picture and sources', {}, async ({ page, filled, full, shoot }) => {
    await page.goto(filled.url);
    assert.match(await page.locator('.counts').innerText(), /\d+\s+technologies/);
    if (full) await page.locator('#map svg .atlas-node').nth(20).waitFor();
    assert.ok(await page.locator('section[aria-labelledby=sources] li').count() > 1);
    await accessible(page);
    await shoot('home-light');
  }],
  ['home suggests while one types, by name and by other name', {}, async ({ page, filled }) => {
    await page.goto(filled.url);
    await page.keyboard.press('/');
    await page.keyboard.type('k8s');
    await page.locator('#hits a', { hasText: 'Kubernetes' }).first().waitFor();
    await page.keyboard.press('ArrowDown');
    assert.equal(await page.evaluate(() => document.activeElement.textContent), 'Kubernetes');
    await page.keyboard.press('Enter');
    await page.waitForURL(/explorer#query=.*kubernetes/);
  }],
  ['home works behind a prefix, and says its address', {}, async ({ page, filled, context }) => {
    await context.route(`${filled.url}atlas/**`, async (route) => {
      const response = await route.fetch({ url: route.request().url().replace('/atlas/', '/') });
      await route.fulfill({ response });
    });
    await page.goto(`${filled.url}atlas/`);
    assert.match(await page.locator('pre').innerText(), /\/atlas\/graphql'/);
    await page.locator('#q').fill('kuber');
    await page.locator('#hits a').first().waitFor();
  }],
  ['home without a script searches', { javaScriptEnabled: false }, async ({ page, filled }) => {
    await page.goto(filled.url);
    await page.locator('#q').fill('rea');
    await page.locator('form button').click();
    assert.match(await page.locator('#hits').innerText(), /React/);
  }],
  ['home in the dark', DARK, async ({ page, filled, full, shoot }) => {
    await page.goto(filled.url);
    if (full) await page.locator('#map svg').waitFor();
    assert.equal(await page.evaluate(() => getComputedStyle(document.body).backgroundColor), 'rgb(20, 23, 27)');
    await accessible(page);
    await shoot('home-dark');
  }],
  ['home on a phone', PHONE, async ({ page, filled, shoot }) => {
    await page.goto(filled.url);
    assert.equal(await narrow(page), 0);
    await shoot('home-390');
  }],
  ['home over an empty database', {}, async ({ page, empty, shoot }) => {
    await page.goto(empty.url);
    assert.match(await page.locator('.note').innerText(), /no data yet/);
    await accessible(page);
    await shoot('home-empty');
  }],
];
