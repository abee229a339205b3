using HandshakeToMermaid.Diagnosis;
using HandshakeToMermaid.Diagrams;
using HandshakeToMermaid.Diagrams.Wording;

namespace HandshakeToMermaid.Cli.Output;

/// <summary>
/// Takes the selected connections of a run in their order. A product of all is written at the end. Where each gets a file of its own, the threads that judge
/// them draw them too, if the drawing does not show their number, and others write the files while the capture is read on: memory does not grow with their
/// number. What is redacted is searched for originals before the first file is written, and waits for that.
/// </summary>
/// <param name="target">Where it goes.</param>
/// <param name="fails">What <c>--fail-on</c> asks for; null where it was not given.</param>
/// <param name="overdue">Lets no further file be begun.</param>
internal sealed class ProductWriter(OutputTarget target, Predicate<DiagnosedConnection>? fails, CancellationToken overdue) : IDisposable
{
    private readonly GatheredConnections? gathered = target.IsWrittenAsItComes ? null : target.Gather();
    private List<(int Number, FolderFile File)> batch = [];
    private Task<(int Written, IReadOnlyList<string> Remarks)>? underWay;
    private readonly List<string> remarks = [];
    private int written;

    /// <summary>How many were taken.</summary>
    public int Count { get; private set; }

    /// <summary>True where one of them is what <c>--fail-on</c> asks for.</summary>
    public bool HasFailing { get; private set; }

    /// <summary>What is stored of a connection until its turn comes. Several threads may ask at once.</summary>
    public TakenConnection Take(DiagnosedConnection connection) => target.IsDrawnWithoutNumber
        ? new TakenConnection(null, target.DrawnFileOf(connection), fails?.Invoke(connection) ?? false)
        : Whole(connection);

    /// <summary>The same where it may turn out not to be wanted: it is not drawn before that.</summary>
    public static TakenConnection Whole(DiagnosedConnection connection) => new(connection, null, false);

    /// <summary>Takes the next.</summary>
    /// <exception cref="OutputException">A file could not be written, of this or of an earlier one.</exception>
    public void Add(int number, TakenConnection taken)
    {
        if (taken.Whole is { } whole)
        {
            whole.Connection.Id = number;
            Add(whole);
        }
        else
        {
            Add(number, taken.File!, taken.IsFailing);
        }
    }

    /// <summary>Takes the next, which has its number.</summary>
    /// <exception cref="OutputException">A file could not be written, of this or of an earlier one.</exception>
    public void Add(DiagnosedConnection connection)
    {
        var shown = target.Shown(connection);
        var isFailing = fails?.Invoke(shown) ?? false;
        if (gathered is null)
        {
            Add(shown.Connection.Id, target.FileOf(shown), isFailing);
            return;
        }

        Count++;
        HasFailing |= isFailing;
        gathered.Add(shown);
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

    private void Add(int number, FolderFile file, bool isFailing)
    {
        Count++;
        HasFailing |= isFailing;
        batch.Add((number, file));
        if (batch.Count == Batch) WriteBatch();
    }

    /// <summary>Begins to write what was gathered. One batch at a time is under way: names and remarks follow the order of the connections.</summary>
    private void WriteBatch()
    {
        Settle();
        var files = batch;
        batch = new List<(int Number, FolderFile File)>(Batch);
        underWay = Task.Run(() => target.WriteEach(files, overdue));
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
