// Views that are drawn by a library, not by React.
import { useEffect, useRef } from 'react';

/** A reference to an element that `draw(element)` fills; what it returns is called to clean up. */
export function useDrawn(draw, dependencies) {
  const element = useRef(null);
  useEffect(() => {
    let clean;
    let gone = false;
    Promise.resolve(draw(element.current)).then((done) => {
      if (gone) done?.();
      else clean = done;
    });
    return () => {
      gone = true;
      clean?.();
    };
  }, dependencies);
  return element;
}
