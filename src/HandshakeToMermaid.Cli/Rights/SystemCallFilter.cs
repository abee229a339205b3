using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace HandshakeToMermaid.Cli.Rights;

/// <summary>
/// Refuses system calls that the analysis of packets never makes (seccomp(2)): new sockets, other programs, other processes' memory, mounts, modules. It
/// holds for all threads at once, and brings no_new_privs to all of them.
/// </summary>
[SupportedOSPlatform("linux")]
internal static class SystemCallFilter
{
    /// <summary>Installs it; false where the kernel or the processor is not supported.</summary>
    /// <param name="runsPrograms">True to let programs be started.</param>
    public static bool Install(bool runsPrograms)
    {
        if (Control(SetNoNewPrivileges, 1, 0, 0, 0) != 0) return false;
        if (Target() is not { } target) return false;
        var filter = Program(target, runsPrograms);
        var code = GCHandle.Alloc(filter, GCHandleType.Pinned);
        try
        {
            // struct sock_fprog: a count of instructions, padding, a pointer.
            var program = new byte[2 * IntPtr.Size];
            BinaryPrimitives.WriteUInt16LittleEndian(program, (ushort)(filter.Length / InstructionSize));
            BinaryPrimitives.WriteInt64LittleEndian(program.AsSpan(IntPtr.Size), code.AddrOfPinnedObject());
            return Call(target.Seccomp, SetModeFilter, AllThreads, program) == 0;
        }
        finally
        {
            code.Free();
        }
    }

    /// <summary>The filter: wrong architecture or a refused number gives EPERM, anything else goes on.</summary>
    internal static byte[] Program(SystemCallTable target, bool runsPrograms)
    {
        uint[] refused = runsPrograms ? [.. target.Refused] : [.. target.Refused, .. target.Programs];
        var refusal = (byte)refused.Length;
        using var code = new MemoryStream();
        Add(code, LoadWord, 0, 0, ArchitectureOffset);
        Add(code, JumpIfEqual, 0, (byte)(refusal + 3), target.Architecture);
        Add(code, LoadWord, 0, 0, NumberOffset);

        // Numbers of the x32 mode are the same calls under other names.
        Add(code, JumpIfAbove, (byte)(refusal + 1), 0, X32 - 1);
        for (var i = 0; i < refused.Length; i++) Add(code, JumpIfEqual, (byte)(refused.Length - i), 0, refused[i]);
        Add(code, Return, 0, 0, Allow);
        Add(code, Return, 0, 0, Refuse);
        return code.ToArray();
    }

    private static void Add(MemoryStream code, ushort operation, byte ifTrue, byte ifFalse, uint operand)
    {
        var instruction = new byte[InstructionSize];
        BinaryPrimitives.WriteUInt16LittleEndian(instruction, operation);
        (instruction[2], instruction[3]) = (ifTrue, ifFalse);
        BinaryPrimitives.WriteUInt32LittleEndian(instruction.AsSpan(4), operand);
        code.Write(instruction);
    }

    private static SystemCallTable? Target() => RuntimeInformation.ProcessArchitecture switch
    {
        Architecture.X64 => SystemCallTable.X64,
        Architecture.Arm64 => SystemCallTable.Arm64,
        _ => null,
    };

    [DllImport("libc", EntryPoint = "prctl")]
    private static extern int Control(int option, nuint a, nuint b, nuint c, nuint d);

    [DllImport("libc", EntryPoint = "syscall")]
    private static extern nint Call(nint number, nint operation, nint flags, byte[] program);

    private const int InstructionSize = 8;

    /// <summary>PR_SET_NO_NEW_PRIVS.</summary>
    private const int SetNoNewPrivileges = 38;

    // SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_TSYNC.
    private const nint SetModeFilter = 1;
    private const nint AllThreads = 1;

    // BPF_LD|BPF_W|BPF_ABS, BPF_JMP|BPF_JEQ|BPF_K, BPF_JMP|BPF_JGT|BPF_K, BPF_RET|BPF_K.
    private const ushort LoadWord = 0x20;
    private const ushort JumpIfEqual = 0x15;
    private const ushort JumpIfAbove = 0x25;
    private const ushort Return = 0x06;

    // struct seccomp_data.
    private const uint NumberOffset = 0;
    private const uint ArchitectureOffset = 4;

    /// <summary>__X32_SYSCALL_BIT; no other architecture has numbers that high.</summary>
    private const uint X32 = 0x40000000;

    // SECCOMP_RET_ALLOW, SECCOMP_RET_ERRNO with EPERM.
    private const uint Allow = 0x7FFF0000;
    private const uint Refuse = 0x00050001;
}
