using HandshakeToMermaid.Diagnosis;
using HandshakeToMermaid.Diagrams;
using HandshakeToMermaid.Diagrams.Wording;

namespace HandshakeToMermaid.Cli.Output;

/// <summary>
/// Takes the selected connections of a run in their order. A product of all is written at the end; where each gets a file of its own they are
/// written while the capture is read, so that memory does not grow with their number. What is redacted is searched for originals before the first file
/// is written, and waits for that.
/// </summary>
/// <param name="target">Where it goes.</param>
/// <param name="fails">What <c>--fail-on</c> asks for; null where it was not given.</param>
/// <param name="overdue">Lets no further file be begun.</param>
internal sealed class ProductWriter(OutputTarget target, Predicate<DiagnosedConnection>? fails, CancellationToken overdue)
{
    private readonly GatheredConnections? gathered = target.IsWrittenAsItComes ? null : target.Gather();
    private readonly List<DiagnosedConnection> batch = [];
    private readonly List<string> remarks = [];
    private int written;

    /// <summary>How many were taken.</summary>
    public int Count { get; private set; }

    /// <summary>True where one of them is what <c>--fail-on</c> asks for.</summary>
    public bool HasFailing { get; private set; }

    /// <summary>Takes the next.</summary>
    /// <exception cref="OutputException">A file could not be written.</exception>
    public void Add(DiagnosedConnection connection)
    {
        Count++;
        var shown = target.Shown(connection);
        HasFailing |= fails?.Invoke(shown) ?? false;
        gathered?.Add(shown);
        if (gathered is not null) return;
        batch.Add(shown);
        if (batch.Count == Batch) WriteBatch();
    }

    /// <summary>Writes what is not written yet; answers with what the user should know about the product.</summary>
    /// <exception cref="OutputException">It could not be written.</exception>
    public IReadOnlyList<string> Finish()
    {
        if (Count == 0) return [];
        if (gathered is not null) return target.Write(gathered.All, overdue);
        WriteBatch();
        var files = written < Count ? $"{written} of {Count} files" : Quantities.Count(written, "file", "files");
        return [.. remarks, $"{files} written to {target.Target}."];
    }

    private void WriteBatch()
    {
        var (files, said) = target.WriteEach(batch, overdue);
        written += files;
        remarks.AddRange(said.Except(remarks));
        batch.Clear();
    }

    /// <summary>Enough for all cores of a large machine.</summary>
    private const int Batch = 256;
}
