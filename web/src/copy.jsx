// Buttons that take the question elsewhere.
import { useState } from 'react';
import { key } from './session.js';
import { toCurl, toFetch, toFragment } from './share.js';
import { useQuestion } from './tabs.js';
import { API } from './transport.js';

const page = () => location.href.split('#')[0];

const KINDS = [
  ['Link', 'Link: copy the address of this question', (question) => page() + toFragment(question)],
  ['cURL', 'cURL: copy as a command', (question) => toCurl(API, question, Boolean(key.get()))],
  ['fetch', 'fetch: copy as JavaScript', (question) => toFetch(API, question, Boolean(key.get()))],
];

/** The buttons. */
export function CopyButtons() {
  const question = useQuestion();
  const [said, say] = useState('');
  async function copy(name, make) {
    const text = make(question);
    if (name === 'Link') history.replaceState(null, '', toFragment(question));
    try {
      await navigator.clipboard.writeText(text);
      say(`${name} copied`);
    } catch {
      say('The browser does not let this page copy');
    }
    setTimeout(() => say(''), 2500);
  }
  return (
    <>
      {KINDS.map(([name, label, make]) => (
        <button key={name} type="button" className="atlas-copy" title={label} aria-label={label} onClick={() => copy(name, make)}>
          {name}
        </button>
      ))}
      <span className="atlas-said" role="status">{said}</span>
    </>
  );
}
