import { BatchProcessor, EventType, processPartialResponse } from '@aws-lambda-powertools/batch';
import type {
  DynamoDBBatchResponse,
  DynamoDBRecord,
  DynamoDBStreamEvent,
  SQSBatchResponse,
  SQSEvent,
  SQSRecord,
} from 'aws-lambda';
import type { Log } from '../../runtime/log.ts';

/** A record that fails is named in the answer and comes again; those that were dealt with do not. */
const each =
  <R>(log: Log, work: (record: R) => Promise<void>) =>
  async (record: R): Promise<void> => {
    try {
      await work(record);
    } catch (error) {
      const { name, stack } = error as Error;
      // Frames only: an error's message may quote what was being worked on.
      const at = (stack ?? '').split('\n').filter((line) => line.trimStart().startsWith('at '));
      log.error('record failed', { error: name, stack: at.slice(0, 8).join('\n') });
      throw error;
    }
  };

export const processStream = async (
  event: DynamoDBStreamEvent,
  log: Log,
  work: (record: DynamoDBRecord) => Promise<void>,
): Promise<DynamoDBBatchResponse> =>
  await processPartialResponse(event, each(log, work), new BatchProcessor(EventType.DynamoDBStreams), {
    throwOnFullBatchFailure: false,
  });

export const processQueue = async (
  event: SQSEvent,
  log: Log,
  work: (record: SQSRecord) => Promise<void>,
): Promise<SQSBatchResponse> =>
  await processPartialResponse(event, each(log, work), new BatchProcessor(EventType.SQS), {
    throwOnFullBatchFailure: false,
  });
