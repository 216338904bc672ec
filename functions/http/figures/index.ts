import { figures } from '../../../shared/contract/figures.ts';
import { areaHandler } from '../../runtime/area-handler.ts';
import { once, storeFromEnv, systemWorld } from '../../runtime/init.ts';
import { figuresDeps } from './deps.ts';
import { getFigures } from './get-figures.ts';
import { getSites } from './get-sites.ts';
import { getSitesStock } from './get-sites-stock.ts';
import { getSitesTable } from './get-sites-table.ts';
import { getStock } from './get-stock.ts';
import { getTable } from './get-table.ts';

export const figuresRoutes = {
  'GET /api/figures': getFigures,
  'GET /api/figures/stock': getStock,
  'GET /api/figures/table.csv': getTable,
  'GET /api/figures/sites': getSites,
  'GET /api/figures/sites/stock': getSitesStock,
  'GET /api/figures/sites/table.csv': getSitesTable,
};

const deps = once(() => figuresDeps(storeFromEnv(), systemWorld('figures')));

export const handler = areaHandler(figures, deps, figuresRoutes);
