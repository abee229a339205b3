using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace HandshakeToMermaid.Tests.Architecture;

/// <summary>
/// Finds every reference from one room to another by compiling the sources, so that it does not matter how a type is written: by a
/// using directive, an alias, <c>using static</c>, a qualified name, or by its simple name because the room lies inside its namespace.
/// </summary>
internal sealed class RoomReferences
{
    private const string RootNamespace = "HandshakeToMermaid";

    // What ImplicitUsings adds to a project of Microsoft.NET.Sdk.
    private const string ImplicitUsings = """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Net.Http;
        global using System.Threading;
        global using System.Threading.Tasks;
        """;

    // The sources are compiled without their generators, which write the bodies of partial methods.
    private const string PartialWithoutBody = "CS8795";

    // The assemblies that the tests run with, without the one that is being compiled.
    private static readonly MetadataReference[] Libraries = [.. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
        .Split(Path.PathSeparator)
        .Where(path => Path.GetFileName(path) != "HandshakeToMermaid.dll")
        .Select(path => MetadataReference.CreateFromFile(path))];

    private readonly CSharpCompilation compilation;
    private readonly IReadOnlyList<(SourceFile File, SyntaxTree Tree)> trees;

    public RoomReferences(IReadOnlyList<SourceFile> files)
    {
        Files = files;
        var options = new CSharpParseOptions(LanguageVersion.Latest);
        trees = [.. files.Select(f => (f, CSharpSyntaxTree.ParseText(f.Text, options, f.Path)))];

        // The library's own name: what it may see of the template engine is said by that.
        compilation = CSharpCompilation.Create("HandshakeToMermaid", [CSharpSyntaxTree.ParseText(ImplicitUsings, options), .. trees.Select(t => t.Tree)], Libraries,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true));
    }

    /// <summary>The sources.</summary>
    public IReadOnlyList<SourceFile> Files { get; }

    /// <summary>Declarations that do not compile, for instance because a reference is missing: what they name would be missed.</summary>
    public IEnumerable<string> Errors() => compilation.GetDeclarationDiagnostics()
        .Where(d => d.Severity == DiagnosticSeverity.Error && d.Id != PartialWithoutBody)
        .Select(d => d.ToString());

    /// <summary>The references between different rooms, in the order of the files.</summary>
    public IReadOnlyList<Reference> All() => [.. trees.AsParallel().AsOrdered().SelectMany(t => Of(t.File, t.Tree))];

    private IEnumerable<Reference> Of(SourceFile file, SyntaxTree tree)
    {
        var model = compilation.GetSemanticModel(tree);
        var isGenerated = file.Path.EndsWith(".g.cs", StringComparison.Ordinal);
        foreach (var node in tree.GetRoot().DescendantNodes())
        {
            if (node is not (SimpleNameSyntax or ImplicitObjectCreationExpressionSyntax)) continue;
            var symbol = isGenerated ? TypeInScope(model, node) : Named(model, node);
            if (symbol is null || RoomOf(symbol) is not { } room || room == file.Room) continue;
            yield return new Reference(file.Room, room, symbol.Name, file.Path, node.GetLocation().GetLineSpan().StartLinePosition.Line + 1);
        }
    }

    /// <summary>The type of that name. Generated tables name nothing else, and binding their initializers of hundreds of rows takes seconds.</summary>
    private static INamedTypeSymbol? TypeInScope(SemanticModel model, SyntaxNode node) => node is IdentifierNameSyntax name
        ? model.LookupNamespacesAndTypes(name.SpanStart, name: name.Identifier.Text).OfType<INamedTypeSymbol>().FirstOrDefault()
        : null;

    /// <summary>The type that a name stands for or whose member it is; the namespace of a using directive; null for anything else.</summary>
    private static ISymbol? Named(SemanticModel model, SyntaxNode node)
    {
        var symbol = node is IdentifierNameSyntax identifier && model.GetAliasInfo(identifier) is { } alias ? alias.Target : model.GetSymbolInfo(node).Symbol;
        return symbol switch
        {
            INamedTypeSymbol type => type.OriginalDefinition,
            INamespaceSymbol imported when IsImport(node) => imported,
            IMethodSymbol method => (method.ReducedFrom ?? method).ContainingType?.OriginalDefinition,
            IPropertySymbol or IFieldSymbol or IEventSymbol => symbol.ContainingType?.OriginalDefinition,
            _ => null,
        };
    }

    /// <summary>Whether a name is the last word of a using directive; the words before it name outer namespaces only.</summary>
    private static bool IsImport(SyntaxNode name) => name.Parent switch
    {
        UsingDirectiveSyntax directive => directive.NamespaceOrType == name,
        QualifiedNameSyntax qualified => qualified.Right == name && qualified.Parent is UsingDirectiveSyntax,
        _ => false,
    };

    /// <summary>The room that declares a symbol; null for symbols that are not the library's.</summary>
    private static string? RoomOf(ISymbol symbol)
    {
        var name = (symbol as INamespaceSymbol ?? symbol.ContainingNamespace)?.ToDisplayString();
        if (name == RootNamespace) return "";
        return name?.StartsWith(RootNamespace + ".", StringComparison.Ordinal) == true ? name[(RootNamespace.Length + 1)..] : null;
    }
}
