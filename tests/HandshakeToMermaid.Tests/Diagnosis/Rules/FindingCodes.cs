using HandshakeToMermaid.Diagnosis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace HandshakeToMermaid.Tests.Diagnosis.Rules;

/// <summary>The codes of all findings, read from the sources of the rules: what a new rule adds cannot be forgotten.</summary>
internal static class FindingCodes
{
    /// <summary>The codes; "alert-*" for those that are made of the name of an alert.</summary>
    public static IReadOnlyList<string> All { get; } = [.. Read().Distinct().Order(StringComparer.Ordinal)];

    /// <summary>Whether a code is the given one, or of its family.</summary>
    public static bool Matches(string code, string listed) => listed.EndsWith('*') ? code.StartsWith(listed[..^1], StringComparison.Ordinal) : code == listed;

    private static IEnumerable<string> Read() => Directory.EnumerateFiles(Checkout.PathOf("src", "HandshakeToMermaid", "Diagnosis"), "*.cs", SearchOption.AllDirectories)
        .SelectMany(file => CSharpSyntaxTree.ParseText(File.ReadAllText(file), path: file).GetRoot().DescendantNodes().OfType<BaseObjectCreationExpressionSyntax>())
        .Where(IsFinding)
        .SelectMany(CodesOf);

    /// <summary>Whether a finding is made there; where the type is left out, the number of arguments tells.</summary>
    private static bool IsFinding(BaseObjectCreationExpressionSyntax creation) => creation is ObjectCreationExpressionSyntax { Type: var type }
        ? type.ToString() == nameof(Finding)
        : creation.ArgumentList?.Arguments.Count == typeof(Finding).GetConstructors()[0].GetParameters().Length;

    private static IEnumerable<string> CodesOf(BaseObjectCreationExpressionSyntax creation)
    {
        var code = creation.ArgumentList!.Arguments[0].Expression;
        if (code is InterpolatedStringExpressionSyntax { Contents: [InterpolatedStringTextSyntax start, ..] }) return [$"{start.TextToken.ValueText}*"];
        var codes = Results(code).OfType<LiteralExpressionSyntax>().Select(l => l.Token.ValueText).ToList();
        Assert.True(codes.Count > 0, $"{creation.SyntaxTree.FilePath}: the code of a finding is not written where it is made: {code}");
        return codes;
    }

    /// <summary>What an expression can amount to: both branches of a condition.</summary>
    private static IEnumerable<ExpressionSyntax> Results(ExpressionSyntax expression) => expression switch
    {
        ConditionalExpressionSyntax condition => [.. Results(condition.WhenTrue), .. Results(condition.WhenFalse)],
        ParenthesizedExpressionSyntax inner => Results(inner.Expression),
        _ => [expression],
    };
}
