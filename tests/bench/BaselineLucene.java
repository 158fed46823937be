// SPDX-License-Identifier: GPL-3.0-or-later
// What one gets from Lucene, to compare with: its ArabicAnalyzer (light10), one field of title and body, the
// articles kept, merged to one segment.  Compiled by bench.py where Debian's Lucene is installed.
//
// BaselineLucene index INDEX FILE fast|best     FILE: `id TAB date TAB title TAB body` lines; best: its best
//                                               compression of the kept text
// BaselineLucene time INDEX FILE ids|shown SECONDS      as bench_query
// BaselineLucene ask INDEX WORDS                prints the ids of the best hits
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.ar.ArabicAnalyzer;
import org.apache.lucene.codecs.lucene87.Lucene87Codec;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.PrefixQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.Sort;
import org.apache.lucene.search.SortField;
import org.apache.lucene.search.TopDocs;
import org.apache.lucene.search.uhighlight.UnifiedHighlighter;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.util.QueryBuilder;

public final class BaselineLucene {
    private static final int SHOWN = 10, PASSES = 5;
    private static final double BUFFER_MB = 128;
    private static final String TEXT = "text", ID = "id", DATE = "date";

    private record Asked(String name, String text) {}

    private static long number(String date) {
        String digits = date.replaceAll("[^0-9]", "");
        return digits.isEmpty() ? 0 : Long.parseLong(digits.substring(0, Math.min(14, digits.length())));
    }

    private static void index(Path index, Path lines, Lucene87Codec.Mode mode) throws IOException {
        IndexWriterConfig config = new IndexWriterConfig(new ArabicAnalyzer());
        config.setCodec(new Lucene87Codec(mode)).setUseCompoundFile(false).setRAMBufferSizeMB(BUFFER_MB);
        config.getMergePolicy().setNoCFSRatio(0);
        try (BufferedReader reader = Files.newBufferedReader(lines, StandardCharsets.UTF_8);
             IndexWriter writer = new IndexWriter(FSDirectory.open(index), config)) {
            for (String line; (line = reader.readLine()) != null;) {
                String[] fields = line.split("\t", 4);
                if (fields.length < 4) continue;
                Document document = new Document();
                document.add(new StoredField(ID, fields[0]));
                document.add(new NumericDocValuesField(DATE, number(fields[1])));
                document.add(new TextField(TEXT, fields[2] + "\n" + fields[3], Field.Store.YES));
                writer.addDocument(document);
            }
            writer.forceMerge(1);
        }
    }

    private final Analyzer analyzer = new ArabicAnalyzer();
    private final QueryBuilder builder = new QueryBuilder(analyzer);
    private final Sort newest = new Sort(new SortField(DATE, SortField.Type.LONG, true));
    private final IndexSearcher searcher;
    private final UnifiedHighlighter highlighter;

    private BaselineLucene(Path index) throws IOException {
        searcher = new IndexSearcher(DirectoryReader.open(FSDirectory.open(index)));
        searcher.setQueryCache(null);
        highlighter = new UnifiedHighlighter(searcher, analyzer);
    }

    private Query query(Asked asked) {
        if (asked.name.equals("prefix"))
            return new PrefixQuery(new Term(TEXT, analyzer.normalize(TEXT, asked.text)));
        Query query = asked.name.equals("phrase")
            ? builder.createPhraseQuery(TEXT, asked.text)
            : builder.createBooleanQuery(TEXT, asked.text, BooleanClause.Occur.MUST);
        return query != null ? query : new MatchAllDocsQuery(); // nothing but stop words
    }

    private TopDocs find(Asked asked, boolean shows) throws IOException {
        Query query = query(asked);
        TopDocs found = asked.name.equals("newest") ? searcher.search(query, SHOWN, newest)
                                                    : searcher.search(query, SHOWN);
        if (shows) highlighter.highlight(TEXT, query, found, 2);
        return found;
    }

    private void answerAll(List<Asked> queries, boolean shows, PrintStream out) throws IOException {
        for (Asked asked : queries) {
            long from = System.nanoTime();
            TopDocs found = find(asked, shows);
            double took = (System.nanoTime() - from) / 1e3;
            if (out != null) out.printf("%s\t%.1f\t%d%n", asked.name, took, found.totalHits.value);
        }
    }

    // Those of a class that Lucene has no part in are left out.
    private void time(Path lines, boolean shows, double warmSeconds) throws IOException {
        List<Asked> queries = new ArrayList<>();
        for (String line : Files.readAllLines(lines, StandardCharsets.UTF_8)) {
            String[] fields = line.split("\t", 2);
            if (fields.length == 2 && !fields[0].equals("entity")) queries.add(new Asked(fields[0], fields[1]));
        }
        double until = System.nanoTime() + warmSeconds * 1e9;
        while (System.nanoTime() < until) answerAll(queries, shows, null);
        PrintStream out = new PrintStream(System.out, false, StandardCharsets.UTF_8);
        for (int pass = 0; pass < PASSES; pass++) answerAll(queries, shows, out);
        out.flush();
    }

    private void ask(String words) throws IOException {
        for (ScoreDoc hit : find(new Asked("", words), true).scoreDocs)
            System.out.println(searcher.doc(hit.doc).get(ID));
    }

    public static void main(String[] args) throws IOException {
        String task = args.length > 2 ? args[0] : "";
        Path index = Path.of(args.length > 1 ? args[1] : "");
        if (task.equals("index") && args.length == 4) {
            index(index, Path.of(args[2]), args[3].equals("best") ? Lucene87Codec.Mode.BEST_COMPRESSION
                                                                  : Lucene87Codec.Mode.BEST_SPEED);
        } else if (task.equals("time") && args.length == 5) {
            new BaselineLucene(index).time(Path.of(args[2]), args[3].equals("shown"), Double.parseDouble(args[4]));
        } else if (task.equals("ask")) {
            new BaselineLucene(index).ask(args[2]);
        } else {
            System.err.println("usage: BaselineLucene index|time|ask INDEX FILE|WORDS [fast|best|ids|shown] [SECONDS]");
            System.exit(2);
        }
    }
}
