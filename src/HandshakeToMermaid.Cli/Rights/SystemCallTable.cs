namespace HandshakeToMermaid.Cli.Rights;

/// <summary>The system calls of one processor that are refused, by number (arch/x86/entry/syscalls/syscall_64.tbl, include/uapi/asm-generic/unistd.h).</summary>
/// <param name="Architecture">AUDIT_ARCH_ of the processor.</param>
/// <param name="Seccomp">The number of seccomp itself.</param>
/// <param name="Refused">
/// socket, ptrace, process_vm_readv, process_vm_writev, mount, umount2, pivot_root, chroot, setns, unshare, init_module, finit_module, kexec_load, kexec_file_load,
/// bpf, perf_event_open, add_key, request_key, keyctl, io_uring_setup, open_by_handle_at, userfaultfd: in this order.
/// </param>
/// <param name="Programs">execve, execveat.</param>
internal sealed record SystemCallTable(uint Architecture, nint Seccomp, IReadOnlyList<uint> Refused, IReadOnlyList<uint> Programs)
{
    /// <summary>x86-64.</summary>
    public static SystemCallTable X64 { get; } = new(
        0xC000003E, 317, [41, 101, 310, 311, 165, 166, 155, 161, 308, 272, 175, 313, 246, 320, 321, 298, 248, 249, 250, 425, 304, 323], [59, 322]);

    /// <summary>AArch64.</summary>
    public static SystemCallTable Arm64 { get; } = new(
        0xC00000B7, 277, [198, 117, 270, 271, 40, 39, 41, 51, 268, 97, 105, 273, 104, 294, 280, 241, 217, 218, 219, 425, 265, 282], [221, 281]);
}
