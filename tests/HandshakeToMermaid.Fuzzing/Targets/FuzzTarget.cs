using HandshakeToMermaid.Fuzzing.Running;
using HandshakeToMermaid.Fuzzing.Structure;

namespace HandshakeToMermaid.Fuzzing.Targets;

/// <summary>Code that takes inputs from strangers, and what must hold for each input. A new one is a file here and a line in <see cref="TargetCatalog"/>.</summary>
internal abstract class FuzzTarget
{
    /// <summary>What it is called on the command line and in the log; also the folder of its named cases.</summary>
    public abstract string Name { get; }

    /// <summary>What it runs, in a line.</summary>
    public abstract string Summary { get; }

    /// <summary>How its inputs are split; mutations keep to it, mostly.</summary>
    public abstract Grammar Grammar { get; }

    /// <summary>True where an input is a capture: streams are changed across packets too.</summary>
    public virtual bool IsCapture => false;

    /// <summary>Texts and bytes that mean something to it.</summary>
    public virtual IReadOnlyList<byte[]> Tokens => [];

    /// <summary>Bytes of its largest input.</summary>
    public virtual int LargestInput => 64 * 1024;

    /// <summary>
    /// Bytes that it may allocate for an empty input, and for each byte. Measured over long runs and doubled; a table that an input's first bytes
    /// make is in the first number, copies and texts of what was read are in the second.
    /// </summary>
    public abstract (long Fixed, long PerByte) Allocation { get; }

    /// <summary>Microseconds of CPU that it may take for an empty input, and for each byte, on a machine that is ten times slower than those of today.</summary>
    public virtual (long Fixed, long PerByte) Time => (2_000_000, 200);

    /// <summary>Inputs of a short run, which the tests make: about half a second's worth.</summary>
    public abstract int ShortRun { get; }

    /// <summary>The inputs to begin with, made of captures.</summary>
    public abstract IEnumerable<byte[]> Seeds(Material material);

    /// <summary>Runs an input.</summary>
    /// <exception cref="InvariantException">Something does not hold. Any other exception is a failure too.</exception>
    public abstract void Run(byte[] input);
}
