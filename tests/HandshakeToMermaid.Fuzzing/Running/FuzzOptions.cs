using System.Globalization;

namespace HandshakeToMermaid.Fuzzing.Running;

/// <summary>The command line.</summary>
internal sealed record FuzzOptions
{
    /// <summary>The targets; empty for all.</summary>
    public IReadOnlyList<string> Targets { get; private init; } = [];

    /// <summary>The run: the same seed gives the same inputs. Another day's run begins with another.</summary>
    public int Seed { get; private init; } = int.Parse(DateTime.UtcNow.ToString("yyyyMMdd", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    /// <summary>CPU for each target.</summary>
    public TimeSpan Processor { get; private init; } = TimeSpan.FromMinutes(1);

    /// <summary>Inputs for each target; null where CPU decides.</summary>
    public long? Inputs { get; private init; }

    /// <summary>The only input to run, by number; null for all.</summary>
    public long? Case { get; private init; }

    /// <summary>A file to run, and to make smaller where it fails; null for none.</summary>
    public string? File { get; private init; }

    /// <summary>A folder with more captures; null for the samples alone.</summary>
    public string? Captures { get; private init; } = Environment.GetEnvironmentVariable("FUZZ_CAPTURES");

    /// <summary>Where failing inputs go.</summary>
    public string Failures { get; private init; } = Path.Combine(Path.GetTempPath(), "h2m-fuzzing");

    /// <summary>The log; "-" for none.</summary>
    public string Log { get; private init; } = FuzzLog.Kept;

    /// <summary>Reads a command line; null where it is wrong.</summary>
    public static FuzzOptions? Of(IReadOnlyList<string> arguments)
    {
        var options = new FuzzOptions();
        for (var i = 0; i < arguments.Count; i++)
        {
            if (!arguments[i].StartsWith("--", StringComparison.Ordinal))
            {
                options = options with { Targets = [.. options.Targets, arguments[i]] };
                continue;
            }

            if (++i == arguments.Count || options.With(arguments[i - 1], arguments[i]) is not { } more) return null;
            options = more;
        }

        return options;
    }

    private FuzzOptions? With(string name, string value)
    {
        var isNumber = double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number);
        return name switch
        {
            "--target" => this with { Targets = [.. Targets, value] },
            "--seed" when isNumber => this with { Seed = (int)number },
            "--cpu-minutes" when isNumber => this with { Processor = TimeSpan.FromMinutes(number) },
            "--inputs" when isNumber => this with { Inputs = (long)number },
            "--case" when isNumber => this with { Case = (long)number },
            "--file" => this with { File = value },
            "--captures" => this with { Captures = value },
            "--failures" => this with { Failures = value },
            "--log" => this with { Log = value },
            _ => null,
        };
    }
}
