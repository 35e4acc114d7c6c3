/** `platform`: that this is CPython, and nothing of the machine. */
import { refuseFiles } from '../../python/runtime/files';
import type { PyModule } from '../../python/runtime/objects';
import { functions, moduleOf } from './support';

const MACHINE =
  'system machine node release version platform processor architecture uname python_version python_version_tuple ' +
  'python_build python_compiler python_branch python_revision libc_ver mac_ver win32_ver freedesktop_os_release';

export function loadPlatform(): PyModule {
  const module = moduleOf('platform', functions({ 'python_implementation()': () => 'CPython' }));
  const refused = new Set(MACHINE.split(' '));
  module.lazy = name => {
    if (!refused.has(name)) return undefined;
    const error = refuseFiles(`platform.${name}`, 'cells have no access to the machine');
    error.kind = 'environment';
    throw error;
  };
  return module;
}
