import { once, storeFromEnv, systemWorld } from '../../runtime/init.ts';
import { secretFromEnv } from '../../runtime/secret.ts';
import { uploadsFromEnv } from '../../runtime/uploads.ts';
import { importsDeps } from './deps.ts';
import { importsHandler } from './handler.ts';

export const handler = importsHandler(
  once(() =>
    importsDeps(storeFromEnv(), systemWorld('imports'), {
      uploads: uploadsFromEnv(),
      secret: secretFromEnv('FACT_KEY'),
      identityKey: secretFromEnv('IDENTITY_KEY'),
    }),
  ),
);
