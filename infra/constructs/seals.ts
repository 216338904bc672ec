import { Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { type Stage, sealsOf } from '../stages.ts';

/** The folder of the seals in their bucket. */
export const SEALS = '/audit/*';

/** By its name and not by the resource: who reads it is deployed before it. */
export const sealArn = (scope: Construct, stage: Stage, path: string): string =>
  `arn:${Stack.of(scope).partition}:s3:::${sealsOf(stage)}${path}`;
