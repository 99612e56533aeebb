import assert from 'node:assert/strict';
import { ready, run, view } from './steps.js';

const QUERY = 'subscription Changes { changes { kind } }';
const events = (page) => page.locator('.graphiql-response .view-lines');

/** Speaks graphql-transport-ws as a service with subscriptions would; `answer(socket, id)` replies. */
async function subscribed({ page, filled, context }, answer) {
  const heard = [];
  await context.routeWebSocket('**/graphql', (socket) => {
    socket.onMessage((text) => {
      const message = JSON.parse(text);
      heard.push(message);
      if (message.type === 'connection_init') socket.send(JSON.stringify({ type: 'connection_ack' }));
      if (message.type === 'subscribe') answer(socket, message.id);
    });
  });
  await page.goto(`${filled.url}explorer#${new URLSearchParams({ query: QUERY })}`);
  await ready(page);
  await page.getByRole('button', { name: 'API key' }).click();
  await page.getByLabel('API key, kept').fill('secret-key');
  await run(page);
  return heard;
}

/** Subscriptions, which the explorer is ready for. */
export const eventCases = [
  ['a subscription shows event after event, until it is stopped', {}, async (test) => {
    const { page } = test;
    let send;
    const heard = await subscribed(test, (socket, id) => {
      send = (kind) => socket.send(JSON.stringify({ id, type: 'next', payload: { data: { changes: [{ kind }] } } }));
      send('first-event');
    });
    await events(page).filter({ hasText: 'first-event' }).waitFor();
    assert.deepEqual(heard[0], { type: 'connection_init', payload: { authorization: 'Bearer secret-key' } });
    assert.equal(heard[1].payload.query, QUERY);
    send('second-event');
    await events(page).filter({ hasText: 'second-event' }).waitFor();
    await view(page, 'Table');
    await page.locator('.tabulator-row', { hasText: 'second-event' }).waitFor();
    await run(page);
    await page.waitForFunction(() => !document.querySelector('.graphiql-spinner'));
    while (heard.at(-1).type !== 'complete') await page.waitForTimeout(20);
  }],
  ['a refused subscription is told in the words of the service', {}, async (test) => {
    await subscribed(test, (socket, id) => socket.send(JSON.stringify({ id, type: 'error', payload: [{ message: 'Not for you.' }] })));
    await events(test.page).filter({ hasText: 'Not for you.' }).waitFor();
    assert.equal(await test.page.locator('.atlas-failure').count(), 0);
  }],
  ['a service without subscriptions is told as such', {}, async (test) => {
    await subscribed(test, (socket) => socket.close({ code: 4400, reason: 'No events here' }));
    const text = await test.page.locator('.atlas-failure p').innerText();
    assert.equal(text, 'The connection for events was closed (4400, No events here). Does this service offer subscriptions?');
    assert.match(await test.page.locator('.atlas-spent').innerText(), /^No answer · /);
  }],
];
