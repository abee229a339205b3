using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Diagnosis;
using HandshakeToMermaid.Exchange;
using HandshakeToMermaid.Limits;

namespace HandshakeToMermaid.Cli.Files;

/// <summary>Rows of JSON in place of captures: what the command line names, recognised by its first byte.</summary>
internal sealed class RowInput
{
    private readonly IReadOnlyList<string> paths;
    private readonly PeekedStream? standardInput;

    private RowInput(IReadOnlyList<string> paths, PeekedStream? standardInput) => (this.paths, this.standardInput) = (paths, standardInput);

    /// <summary>The rows that the command line names; null where it names captures.</summary>
    /// <param name="paths">What the user named.</param>
    /// <param name="cancellation">Ends the wait for a pipe.</param>
    /// <param name="standardInput">Standard input from its first byte, where it was named.</param>
    /// <exception cref="UsageException">Rows and captures are named together.</exception>
    public static RowInput? Of(IReadOnlyList<string> paths, CancellationToken cancellation, out PeekedStream? standardInput)
    {
        var peeked = standardInput = paths.Contains("-") ? new PeekedStream(Console.OpenStandardInput()) : null;
        var rows = paths.Count(path => path == "-" ? RowReader.BeginsRows(peeked!.Peek(cancellation)) : BeginsRows(path));
        if (rows == 0) return null;
        if (rows < paths.Count) throw new UsageException("rows of JSON and captures cannot be drawn together.");
        return new RowInput([.. paths.Distinct(StringComparer.Ordinal)], peeked);
    }

    /// <summary>The connections, up to the first row that cannot be drawn.</summary>
    /// <exception cref="RowException">What follows cannot be drawn.</exception>
    public IEnumerable<DiagnosedConnection> Read(CancellationToken cancellation)
    {
        var reader = new RowReader(AnalyzerLimits.Default);
        foreach (var path in paths)
        {
            using Stream stream = path == "-" ? standardInput! : Open(path);
            foreach (var connection in reader.Read(stream, path == "-" ? "standard input" : path))
            {
                if (cancellation.IsCancellationRequested) yield break;
                yield return connection;
            }
        }
    }

    /// <summary>Only of a file can the beginning be looked at before it is read.</summary>
    private static bool BeginsRows(string path)
    {
        if (path.Length == 0 || path.Contains('\0', StringComparison.Ordinal) || FileStatus.Of(path) is not { Kind: FileKind.Regular }) return false;
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 1);
            var start = new byte[4];
            return RowReader.BeginsRows(start.AsSpan(0, file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false)));
        }
        catch (Exception e) when (FileFailure.IsOne(e))
        {
            // Whoever opens it as a capture says so.
            return false;
        }
    }

    private static FileStream Open(string path)
    {
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        }
        catch (Exception e) when (FileFailure.IsOne(e))
        {
            throw new CaptureException($"{path} cannot be read: {FileFailure.Reason(e, path)}.", e);
        }
    }
}
