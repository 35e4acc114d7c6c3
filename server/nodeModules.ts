/**
 * Node's own modules that a server needs at its start. Node keeps their code ready, which V8 does not take under flags other than its
 * own: whoever sets flags loads them before, in half the time.
 */
import 'node:child_process';
import 'node:crypto';
import 'node:module';
import 'node:net';
import 'node:os';
import 'node:perf_hooks';
import 'node:v8';
import 'node:vm';
import 'node:worker_threads';
