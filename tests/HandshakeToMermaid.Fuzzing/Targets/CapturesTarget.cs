using HandshakeToMermaid.Fuzzing.Checks;
using HandshakeToMermaid.Fuzzing.Running;

namespace HandshakeToMermaid.Fuzzing.Targets;

/// <summary>Captures through all rooms and out in every form, with one thread and with several.</summary>
internal sealed class CapturesTarget : CaptureTarget
{
    /// <inheritdoc/>
    public override string Name => "captures";

    /// <inheritdoc/>
    public override string Summary => "captures through all rooms, in every form; several threads say what one says";

    /// <inheritdoc/>
    public override (long Fixed, long PerByte) Allocation => (64_000_000, 4_000);

    /// <inheritdoc/>
    public override int ShortRun => 50;

    /// <inheritdoc/>
    public override void Run(byte[] input)
    {
        var number = CaptureReading.NumberOf(input);
        if (CaptureReading.Connections(input, threads: 1) is not { } alone) return;
        var said = ConnectionCheck.All(alone, number);
        var together = CaptureReading.Connections(input, threads: 2 + (number % 3));
        Invariant.Same(said, ConnectionCheck.All(together!, number), "same answer with more threads");
    }
}
