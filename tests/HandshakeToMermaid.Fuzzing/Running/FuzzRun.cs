using HandshakeToMermaid.Fuzzing.Mutation;
using HandshakeToMermaid.Fuzzing.Targets;

namespace HandshakeToMermaid.Fuzzing.Running;

/// <summary>Runs one target for a while.</summary>
/// <param name="target">The target.</param>
/// <param name="mutator">Makes its inputs.</param>
internal sealed class FuzzRun(FuzzTarget target, Mutator mutator)
{
    private readonly HashSet<string> known = new(StringComparer.Ordinal);

    /// <summary>Inputs so far.</summary>
    public long Inputs { get; private set; }

    /// <summary>Inputs that failed.</summary>
    public long Crashes { get; private set; }

    /// <summary>CPU that the slowest input took.</summary>
    public TimeSpan Slowest { get; private set; }

    /// <summary>Which one that was.</summary>
    public long SlowestInput { get; private set; }

    /// <summary>The most that was allocated for a byte of input; inputs below 1 KiB count as such.</summary>
    public double MostBytesPerByte { get; private set; }

    /// <summary>Which one that was.</summary>
    public long HungriestInput { get; private set; }

    /// <summary>The most that was allocated above what the target may take for each byte: what the fixed part must hold.</summary>
    public long MostFixed { get; private set; }

    /// <summary>The number of the next input.</summary>
    public long Number { get; private set; }

    /// <summary>Runs inputs until told otherwise.</summary>
    /// <param name="isFromSeeds">True to begin with the corpus itself.</param>
    /// <param name="goesOn">Asked before each input.</param>
    /// <param name="judgesTime">False where the machine is not to be judged.</param>
    /// <param name="failed">Receives the first input of each kind of failure.</param>
    /// <param name="watchdog">Ends endless inputs; null for none.</param>
    public void Run(bool isFromSeeds, Func<bool> goesOn, bool judgesTime, Action<long, byte[], Failure> failed, Watchdog? watchdog = null)
    {
        if (isFromSeeds) Number = -mutator.Seeds;
        for (; goesOn(); Inputs++, Number++)
        {
            var input = mutator.Make(Number);
            watchdog?.Watch(input);
            var measure = Measure.Of(target, input, judgesTime);
            watchdog?.Watch(null);
            Note(input, measure);
            if (measure.Failure is not { } failure) continue;
            Crashes++;
            if (known.Add(failure.Key)) failed(Number, input, failure);
        }
    }

    private void Note(byte[] input, Measure measure)
    {
        // The first inputs pay for the compiler.
        if (Inputs >= Warming && measure.Processor > Slowest) (Slowest, SlowestInput) = (measure.Processor, Number);
        if (Inputs < Warming || measure.Failure is not null) return;
        var perByte = (double)measure.Allocated / Math.Max(1024, input.Length);
        if (perByte > MostBytesPerByte) (MostBytesPerByte, HungriestInput) = (perByte, Number);
        MostFixed = Math.Max(MostFixed, measure.Allocated - (target.Allocation.PerByte * input.Length));
    }

    private const int Warming = 50;
}
