using System.Runtime.InteropServices;

namespace HandshakeToMermaid.Capture.Live;

/// <summary><c>struct bpf_program { u_int bf_len; struct bpf_insn *bf_insns; }</c>: a compiled filter, freed by libpcap.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct BpfProgram
{
    /// <summary>How many instructions.</summary>
    public uint Length;

    /// <summary>The first of them.</summary>
    public nint Instructions;
}
