using HandshakeToMermaid.Diagnosis;
using HandshakeToMermaid.Diagrams;
using HandshakeToMermaid.Diagrams.Wording;

namespace HandshakeToMermaid.Cli.Output;

/// <summary>
/// Takes the selected connections of a run in their order. A product of all is written at the end; where each gets a file of its own they are
/// drawn and written on other threads while the capture is read on, so that memory does not grow with their number. What is redacted is searched for originals before the first file
/// is written, and waits for that.
/// </summary>
/// <param name="target">Where it goes.</param>
/// <param name="fails">What <c>--fail-on</c> asks for; null where it was not given.</param>
/// <param name="overdue">Lets no further file be begun.</param>
internal sealed class ProductWriter(OutputTarget target, Predicate<DiagnosedConnection>? fails, CancellationToken overdue) : IDisposable
{
    private readonly GatheredConnections? gathered = target.IsWrittenAsItComes ? null : target.Gather();
    private List<DiagnosedConnection> batch = [];
    private Task<(int Written, IReadOnlyList<string> Remarks)>? underWay;
    private readonly List<string> remarks = [];
    private int written;

    /// <summary>How many were taken.</summary>
    public int Count { get; private set; }

    /// <summary>True where one of them is what <c>--fail-on</c> asks for.</summary>
    public bool HasFailing { get; private set; }

    /// <summary>Takes the next.</summary>
    /// <exception cref="OutputException">A file could not be written, of this or of an earlier one.</exception>
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
        Settle();
        var files = written < Count ? $"{written} of {Count} files" : Quantities.Count(written, "file", "files");
        return [.. remarks, $"{files} written to {target.Target}."];
    }

    /// <summary>Waits for files that are being written: none is left half written behind a run that fails elsewhere.</summary>
    public void Dispose() => underWay?.ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default).Wait();

    /// <summary>Begins to write what was gathered. One batch at a time is under way: names and remarks follow the order of the connections.</summary>
    private void WriteBatch()
    {
        Settle();
        var connections = batch;
        batch = new List<DiagnosedConnection>(Batch);
        underWay = Task.Run(() => target.WriteEach(connections, overdue));
    }

    private void Settle()
    {
        if (underWay is null) return;
        var (files, said) = underWay.GetAwaiter().GetResult();
        underWay = null;
        written += files;
        remarks.AddRange(said.Except(remarks));
    }

    /// <summary>Enough for the cores of a large machine; twice as many are held, those that are drawn and those that come.</summary>
    private const int Batch = 128;
}
