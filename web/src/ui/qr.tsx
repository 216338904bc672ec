import encodeQR from 'qr';

/** Rows of dark and light, with the quiet margin around them. */
export type QrModules = readonly (readonly boolean[])[];

export const qrModules = (text: string): QrModules => encodeQR(text, 'raw', { ecc: 'medium', border: 3 });

/** A QR code drawn as one path, black on white whatever is around it. */
export function Qr({ modules, label }: { readonly modules: QrModules; readonly label: string }) {
  const size = modules.length;
  const dark = modules.flatMap((row, y) => row.flatMap((on, x) => (on ? `M${x} ${y}h1v1h-1z` : []))).join('');
  return (
    <svg className="qr" viewBox={`0 0 ${size} ${size}`} role="img" aria-label={label} shapeRendering="crispEdges">
      <rect width={size} height={size} fill="#fff" />
      <path d={dark} fill="#000" />
    </svg>
  );
}
