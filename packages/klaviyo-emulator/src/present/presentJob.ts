import type { Call } from '../http/Call.ts';
import { JOB_LIFETIME_MS } from '../limits.ts';
import { pickFields } from '../read/pickFields.ts';
import type { ImportError, Job } from '../state/types.ts';
import { isoTime, relation } from './wireForms.ts';

export function statusOf(job: Job, nowMs: number): 'queued' | 'processing' | 'complete' {
  if (nowMs >= job.completesMs) return 'complete';
  return nowMs >= job.startsMs ? 'processing' : 'queued';
}

/** A bulk import or suppression job; its counts appear when it is complete. */
export function presentJob(call: Call, job: Job) {
  const status = statusOf(job, call.nowMs);
  const complete = status === 'complete';
  const imports = job.kind === 'profile-bulk-import-job';
  const self = `${call.origin}/api/${job.kind}s/${job.id}`;
  const segments = { data: job.segmentIds.map((id) => ({ type: 'segment', id })), ...relation(self, 'segments') };
  const lists = { data: job.listIds.map((id) => ({ type: 'list', id })), ...relation(self, 'lists') };
  return pickFields(
    {
      type: job.kind,
      id: job.id,
      attributes: {
        status,
        created_at: isoTime(job.createdMs),
        total_count: job.total,
        completed_count: complete ? job.completed : 0,
        completed_at: complete ? isoTime(job.completesMs) : null,
        ...(imports
          ? {
              failed_count: complete ? job.failed : 0,
              expires_at: isoTime(job.createdMs + JOB_LIFETIME_MS),
              started_at: status === 'queued' ? null : isoTime(job.startsMs),
            }
          : { skipped_count: complete ? job.skipped : 0 }),
      },
      relationships: imports
        ? {
            lists,
            profiles: relation(self, 'profiles'),
            'import-errors': { links: { related: `${self}/import-errors` } },
          }
        : { lists, segments },
      links: { self },
    },
    call.query,
  );
}

/** Without links, unlike every other resource: an import error is read in its collection alone. */
export function presentImportError(error: ImportError) {
  return {
    type: 'import-error',
    id: error.id,
    attributes: {
      code: error.code,
      title: error.title,
      detail: error.detail,
      source: { pointer: error.pointer },
      original_payload: error.originalPayload,
    },
  };
}
