using System.Globalization;
using System.Runtime.ExceptionServices;
using System.Text;
using HandshakeToMermaid.Cli.Files;
using HandshakeToMermaid.Cli.Png;
using HandshakeToMermaid.Comparison;
using HandshakeToMermaid.Diagnosis;
using HandshakeToMermaid.Diagrams;
using HandshakeToMermaid.Diagrams.Outputs;
using HandshakeToMermaid.Diagrams.Wording;
using HandshakeToMermaid.Templating;

namespace HandshakeToMermaid.Cli.Output;

/// <summary>Writes selected connections in the wanted form, to standard output, a file, or a file per connection.</summary>
internal sealed class OutputTarget(IDiagramOutput form, string? path, OutputRequest request, ProductRedaction? redaction = null)
{
    private readonly Dictionary<int, int> timesOfNumbers = [];

    /// <summary>True where each connection gets a file of its own.</summary>
    public bool IsFolder { get; } = path is not null && IsDirectory(path);

    /// <summary>True where it goes to standard output.</summary>
    public bool IsStandardOutput => path is null;

    /// <summary>Where it goes; null for standard output.</summary>
    public string? Target => path;

    /// <summary>The name of its form: "mermaid".</summary>
    public string Form => form.Name;

    /// <summary>The ending of a file of this form.</summary>
    public string Ending => form.Endings[0];

    /// <summary>True where a connection's file depends on nothing that comes after it.</summary>
    public bool IsWrittenAsItComes => IsFolder && redaction is null;

    /// <summary>True where a connection's file can also be drawn before its number is known, and by any thread.</summary>
    public bool IsDrawnWithoutNumber => IsWrittenAsItComes && !RunsProgram && form.IsWithoutNumber(request);

    /// <summary>Gathers connections for it, whole as far as it looks into them.</summary>
    public GatheredConnections Gather() => new(IsFolder ? null : form.MaxDrawnOf(request), form.FoldsRepetitions);

    /// <summary>The same product in another place.</summary>
    public OutputTarget At(string other) => new(form, other, request, redaction);

    /// <summary>The connection as it may be shown: with pseudonyms where the product is redacted.</summary>
    public DiagnosedConnection Shown(DiagnosedConnection connection) => redaction?.Of(connection) ?? connection;

    /// <summary>A connection's name as every file system bears it: letters, digits, dots and dashes.</summary>
    public static string SafeName(DiagnosedConnection connection)
    {
        var server = Headline.Server(connection.Connection);
        return string.Create(Math.Min(server.Length, 64), server, static (name, server) =>
        {
            for (var i = 0; i < name.Length; i++) name[i] = char.IsAsciiLetterOrDigit(server[i]) || server[i] is '.' or '-' ? server[i] : '_';
        });
    }

    /// <summary>True where another program draws it.</summary>
    public bool RunsProgram => form is PngOutput;

    /// <summary>Finds out early whether it will be possible to write it; its directory is created for that.</summary>
    /// <exception cref="OutputException">It will not.</exception>
    public void CheckWritable()
    {
        if (path is null) return;
        if (IsFolder) OutputDirectory.Create(path);
        AtomicFile.Check(IsFolder ? Path.Combine(path, "diagram") : path);
    }

    /// <summary>Writes them; answers with what the user should know about the product.</summary>
    /// <param name="connections">What is drawn.</param>
    /// <param name="cancellation">Lets no further file be begun where each connection has its own.</param>
    /// <exception cref="OutputException">It could not be written.</exception>
    public IReadOnlyList<string> Write(IReadOnlyList<DiagnosedConnection> connections, CancellationToken cancellation = default)
    {
        if (path is null) return WriteOut(Make(connections));
        if (!IsFolder) return WriteFiles(path, Make(connections));
        // What is redacted is searched before the first file is written.
        for (var i = 0; redaction is not null && i < connections.Count && !cancellation.IsCancellationRequested; i++) Make([connections[i]]);
        var (written, remarks) = WriteEach([.. connections.Select(c => (c.Connection.Id, FileOf(c)))], cancellation);
        var count = written < connections.Count ? $"{written} of {connections.Count} files" : Quantities.Count(written, "file", "files");
        return [.. remarks, $"{count} written to {path}."];
    }

    /// <summary>The product as text, in several where it had to be split, and what the user should know about it.</summary>
    public (IReadOnlyList<string> Texts, IReadOnlyList<string> Remarks) Texts(IReadOnlyList<DiagnosedConnection> connections)
    {
        var made = Make(connections);
        return ([.. made.Files.Select(file => Encoding.UTF8.GetString(BytesOf(file)))], made.Remarks);
    }

    /// <summary>Writes the comparison of two captures.</summary>
    public IReadOnlyList<string> Write(CaptureComparison comparison)
    {
        var made = Make((form, request) => form.Compare(comparison, request)!);
        return path is null ? WriteOut(made) : WriteFiles(path, made);
    }

    private static IReadOnlyList<string> WriteOut(RenderResult made)
    {
        using var stream = new StandardOutput();
        made.Files[0](stream);
        stream.Flush();
        if (made.Files.Count == 1) return made.Remarks;
        return [.. made.Remarks, $"Part 1 of {made.Files.Count} is written; -o FILE writes all parts, -f markdown puts them on one page."];
    }

    private static IReadOnlyList<string> WriteFiles(string target, RenderResult made)
    {
        List<string> remarks = [.. made.Remarks];
        var files = new (string Path, Action<Stream> Write)[made.Files.Count];
        for (var i = 0; i < files.Length; i++)
        {
            var name = i == 0 ? target : Path.ChangeExtension(target, $".{i + 1}{Path.GetExtension(target)}");
            files[i] = (name, made.Files[i]);
            if (i > 0) remarks.Add($"Part {i + 1} of {made.Files.Count} is {name}.");
        }

        AtomicFile.Write(files);
        return remarks;
    }

    /// <summary>The file of a connection in the folder, which is drawn when it is written.</summary>
    public FolderFile FileOf(DiagnosedConnection connection) => new(SafeName(connection), () => Make([connection]));

    /// <summary>The same, drawn at once: nothing of the connection is stored.</summary>
    public FolderFile DrawnFileOf(DiagnosedConnection connection)
    {
        var drawn = Make([connection]);
        return new FolderFile(SafeName(connection), () => drawn);
    }

    /// <summary>
    /// Writes files into the folder, on all cores but where they are redacted (pseudonyms are given in order) or another program draws. Answers with
    /// how many were written and what the user should know about them.
    /// </summary>
    /// <param name="files">The files with the numbers of their connections.</param>
    /// <param name="cancellation">Lets no further file be begun.</param>
    /// <exception cref="OutputException">A file could not be written.</exception>
    public (int Written, IReadOnlyList<string> Remarks) WriteEach(IReadOnlyList<(int Number, FolderFile File)> files, CancellationToken cancellation)
    {
        OutputDirectory.Create(path!);
        var remarks = new IReadOnlyList<string>?[files.Count];
        var names = files.Select(f => NameOf(f.Number, f.File)).ToArray();
        var cores = redaction is not null || RunsProgram ? 1 : Environment.ProcessorCount;
        try
        {
            Parallel.For(0, files.Count, new ParallelOptions { MaxDegreeOfParallelism = cores }, i =>
            {
                if (!cancellation.IsCancellationRequested) remarks[i] = WriteFiles(Path.Combine(path!, names[i]), files[i].File.Make());
            });
        }
        catch (AggregateException several)
        {
            ExceptionDispatchInfo.Throw(several.InnerExceptions[0]);
        }

        return (remarks.Count(r => r is not null), [.. remarks.SelectMany(r => r ?? []).Distinct()]);
    }

    private RenderResult Make(IReadOnlyList<DiagnosedConnection> connections) => Make((form, request) => form.Render(connections, request));

    private RenderResult Make(Func<IDiagramOutput, OutputRequest, RenderResult> render)
    {
        try
        {
            return redaction is null ? render(form, request) : Checked(render, redaction);
        }
        catch (TemplateException wrong) when (request.Template is not null)
        {
            throw new UsageException(wrong.Message);
        }
    }

    /// <summary>The same, held in memory until it is known to hold no original. Of a picture its text is looked through.</summary>
    private RenderResult Checked(Func<IDiagramOutput, OutputRequest, RenderResult> render, ProductRedaction redaction)
    {
        var own = request with { Picture = request.Picture with { Title = redaction.Text(request.Picture.Title) } };
        if (form is PngOutput)
        {
            foreach (var drawn in render(PngOutput.Drawn, own).Files) redaction.Check(BytesOf(drawn));
            return render(form, own);
        }

        var made = render(form, own);
        var files = made.Files.Select(BytesOf).ToList();
        foreach (var file in files) redaction.Check(file);
        return made with { Files = [.. files.Select(file => (Action<Stream>)(stream => stream.Write(file)))] };
    }

    private static byte[] BytesOf(Action<Stream> write)
    {
        using var memory = new MemoryStream();
        write(memory);
        return memory.ToArray();
    }

    /// <summary>A name that no other has in this run: rows of several machines may have equal numbers.</summary>
    private string NameOf(int number, FolderFile file)
    {
        var times = timesOfNumbers[number] = timesOfNumbers.GetValueOrDefault(number) + 1;
        return $"{number:D3}{(times > 1 ? $".{times}" : "")}-{file.Server}{Ending}";
    }

    private static bool IsDirectory(string path)
        => Directory.Exists(path) || path.EndsWith(Path.DirectorySeparatorChar) || path.EndsWith('/');
}
