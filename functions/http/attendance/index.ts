import { attendance } from '../../../shared/contract/attendance.ts';
import { areaHandler } from '../../runtime/area-handler.ts';
import { once, storeFromEnv, systemWorld } from '../../runtime/init.ts';
import { beHere } from './be-here.ts';
import { attendanceDeps } from './deps.ts';
import { enterLine } from './enter-sheet.ts';
import { getSheet } from './get-sheet.ts';
import { openCodes } from './open-codes.ts';
import { scan } from './scan.ts';
import { takeStep } from './take-step.ts';
import { undo } from './undo.ts';

export const attendanceRoutes = {
  'GET /api/events/{eventId}/attendance': getSheet,
  'POST /api/events/{eventId}/attendance': takeStep,
  'POST /api/events/{eventId}/attendance/undo': undo,
  'POST /api/events/{eventId}/attendance/sheet': enterLine,
  'POST /api/events/{eventId}/codes': openCodes,
  'GET /api/here/{eventId}': scan,
  'POST /api/here/{eventId}': beHere,
};

const deps = once(() => attendanceDeps(storeFromEnv(), systemWorld('attendance')));

export const handler = areaHandler(attendance, deps, attendanceRoutes);
