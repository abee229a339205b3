using HandshakeToMermaid.Fuzzing.Targets;

namespace HandshakeToMermaid.Fuzzing.Running;

/// <summary>What an input took.</summary>
/// <param name="Processor">CPU of the process.</param>
/// <param name="Allocated">Bytes allocated, by all threads.</param>
/// <param name="Failure">What went wrong; null where nothing did.</param>
internal readonly record struct Measure(TimeSpan Processor, long Allocated, Failure? Failure)
{
    /// <summary>Runs an input and holds it against the bounds of its target.</summary>
    /// <param name="target">The target.</param>
    /// <param name="input">The input; it is not changed.</param>
    /// <param name="judgesTime">False where the machine is not to be judged, as in tests.</param>
    public static Measure Of(FuzzTarget target, byte[] input, bool judgesTime)
    {
        var measure = Once(target, input);
        if (measure.Failure is not null) return measure;
        var (room, perByte) = target.Allocation;
        if (measure.Allocated > room + (perByte * input.Length))
        {
            // The first use of a table or a generated method is the runtime's, not the input's.
            measure = Once(target, input);
            if (measure.Allocated > room + (perByte * input.Length)) return measure with { Failure = new Failure("allocation", $"allocation: {measure.Allocated} bytes for an input of {input.Length}") };
        }

        var (time, timePerByte) = target.Time;
        for (var tries = 0; judgesTime && measure.Processor.TotalMicroseconds > time + (timePerByte * input.Length); tries++)
        {
            if (tries == 2) return measure with { Failure = new Failure("time", $"time: {measure.Processor.TotalMilliseconds:0} ms for an input of {input.Length} bytes") };
            measure = Once(target, input);
        }

        return measure;
    }

    private static Measure Once(FuzzTarget target, byte[] input)
    {
        var (allocated, processor) = (GC.GetTotalAllocatedBytes(), Environment.CpuUsage.TotalTime);
        Failure? failure = null;
        try
        {
            target.Run(input);
        }
        catch (Exception thrown)
        {
            failure = Failure.Of(thrown);
        }

        return new Measure(Environment.CpuUsage.TotalTime - processor, GC.GetTotalAllocatedBytes() - allocated, failure);
    }
}
