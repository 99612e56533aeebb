// A service over a database of its own, and a browser that reaches nothing else.
import { spawn } from 'node:child_process';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';

/** Starts the program; `{ url, folder, stop }`. */
export async function serve(program, ...options) {
  const folder = await mkdtemp(join(tmpdir(), 'stack-atlas-'));
  const child = spawn(program, ['--port', '0', ...options], { cwd: folder, stdio: ['ignore', 'pipe', 'inherit'] });
  const url = await new Promise((resolve, reject) => {
    let said = '';
    child.stdout.on('data', (data) => {
      said += data;
      const found = /its API at (http:\S+)\/graphql/.exec(said);
      if (found) resolve(`${found[1]}/`);
    });
    child.on('exit', (code) => reject(new Error(`the program ended with ${code}`)));
  });
  return { url, folder, stop: () => child.kill() };
}

/** Debian's Chromium. */
export function browser() {
  const executablePath = process.env.STACK_ATLAS_CHROMIUM ?? '/usr/bin/chromium';
  return chromium.launch({ executablePath, args: ['--no-sandbox'] });
}

/** A page that keeps account of everything that must not happen. */
export async function open(instance, options = {}) {
  const context = await instance.newContext({ viewport: { width: 1280, height: 800 }, colorScheme: 'light', acceptDownloads: true, ...options });
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const wrongs = [];
  await context.route('**/*', (route) => {
    const { hostname, href } = new URL(route.request().url());
    if (hostname === '127.0.0.1') return route.continue();
    wrongs.push(`request to ${href}`);
    return route.abort();
  });
  await context.addInitScript(() => {
    addEventListener('securitypolicyviolation', (event) => console.error(`policy: ${event.violatedDirective} ${event.blockedURI}`));
  });
  const page = await context.newPage();
  page.on('console', (message) => message.type() === 'error' && wrongs.push(`console: ${message.text()}`));
  page.on('pageerror', (error) => wrongs.push(`page: ${error.message}`));
  return { page, context, wrongs };
}
