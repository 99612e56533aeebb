// The field for an API key. It lives in this page's memory; nothing stores it.
import { useState, useSyncExternalStore } from 'react';
import { key } from './session.js';

/** The field, behind a button. */
export function KeyField() {
  const value = useSyncExternalStore(key.subscribe, key.get);
  const [open, setOpen] = useState(false);
  return (
    <form className="atlas-key" autoComplete="off" onSubmit={(event) => { event.preventDefault(); setOpen(false); }}>
      <button type="button" aria-expanded={open} onClick={() => setOpen(!open)}>
        API key{value ? ' set' : ''}
      </button>
      {open && (
        <input
          type="password"
          aria-label="API key, kept until this page is closed"
          placeholder="kept until this page is closed"
          autoComplete="off"
          autoFocus
          value={value}
          onChange={(event) => key.set(event.target.value)}
        />
      )}
    </form>
  );
}
