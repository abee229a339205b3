using System.Text.Json;

namespace HandshakeToMermaid.Mutation;

/// <summary>Stryker's report (mutation-testing-report-schema, version 2).</summary>
internal static class MutantReport
{
    /// <summary>The mutants of a report that were compiled and not exempt.</summary>
    public static List<Mutant> Read(string path)
    {
        using var report = JsonDocument.Parse(File.ReadAllBytes(path));
        var mutants = new List<Mutant>();
        foreach (var file in report.RootElement.GetProperty("files").EnumerateObject())
        {
            var lines = file.Value.GetProperty("source").GetString()!.Split('\n');
            foreach (var mutant in file.Value.GetProperty("mutants").EnumerateArray())
            {
                if (!IsCompiled(mutant)) continue;
                var (start, end) = (mutant.GetProperty("location").GetProperty("start"), mutant.GetProperty("location").GetProperty("end"));
                var number = int.Parse(mutant.GetProperty("id").GetString()!, System.Globalization.CultureInfo.InvariantCulture);
                var place = $"{file.Name}:{start.GetProperty("line").GetInt32()}";
                var isStatic = mutant.TryGetProperty("static", out var flag) && flag.ValueKind == JsonValueKind.True;
                mutants.Add(new Mutant(number, file.Name, place, $"{Text(lines, start, end)} -> {OneLine(mutant.GetProperty("replacement").GetString()!)}", isStatic));
            }
        }

        return mutants;
    }

    /// <summary>False for what is exempt. Stryker itself leaves out what did not change since the last commit, which is all: those are for us to ask.</summary>
    private static bool IsCompiled(JsonElement mutant) => mutant.GetProperty("status").GetString() switch
    {
        "CompileError" => false,
        "Ignored" => mutant.TryGetProperty("statusReason", out var reason) && reason.GetString() == "Removed by since filter",
        _ => true,
    };

    /// <summary>The text from one position to another, both counted from 1; of several lines the first.</summary>
    private static string Text(string[] lines, JsonElement start, JsonElement end)
    {
        var line = lines[start.GetProperty("line").GetInt32() - 1];
        var from = Math.Min(line.Length, start.GetProperty("column").GetInt32() - 1);
        var isOneLine = start.GetProperty("line").GetInt32() == end.GetProperty("line").GetInt32();
        var to = isOneLine ? Math.Clamp(end.GetProperty("column").GetInt32() - 1, from, line.Length) : line.Length;
        return OneLine(line[from..to]) + (isOneLine ? "" : " ...");
    }

    private static string OneLine(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
