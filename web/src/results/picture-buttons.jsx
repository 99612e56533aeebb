import { savePng, saveSvg } from './download.js';

/** Buttons that save the picture in `place`. */
export function PictureButtons({ place, name }) {
  const picture = () => place.current?.querySelector('svg[viewBox]');
  return (
    <>
      <button type="button" aria-label={`Download ${name} as SVG`} onClick={() => saveSvg(picture(), `${name}.svg`)}>↓ SVG</button>
      <button type="button" aria-label={`Download ${name} as PNG`} onClick={() => savePng(picture(), `${name}.png`)}>↓ PNG</button>
    </>
  );
}
